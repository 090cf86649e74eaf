import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson, YamaError } from '@yama/core'
import { type AnyFact, factBase } from '@yama/schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compactEntities, expandEntities, formatEntityFile, yamlEntities } from '../src/index.ts'
import { factKey } from '../src/from-facts/same-fact.ts'
import { arbitraryFacts } from './arbitrary-facts.ts'
import { fakeDialect } from './fake-dialect.ts'
import { loadText } from './load-text.ts'

const lines = (facts: Iterable<AnyFact>): readonly string[] =>
  [...facts]
    .map(
      (fact) =>
        `${factKey(fact)} ${canonicalJson({ ...fact.payload, ...(fact.kind === 'constraint' && !fact.payload.named ? { named: false } : {}) })}`,
    )
    .toSorted()
const runs = { numRuns: Number(process.env['YAMA_PROPERTY_RUNS'] ?? 60), seed: 20_261_121 }

async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-yaml-'))
  try {
    return await work(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}
const filesOf = (directory: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]))
const said = (error: unknown, files: object): Error =>
  new Error(`${YamaError.is(error) ? `${error.message} ${canonicalJson(error.data)}` : String(error)}\n${Object.values(files).join('\n')}`)

describe.each(['postgres', 'sqlite'] as const)('facts of %s → entities → facts', (kind) => {
  const dialect = fakeDialect(kind)
  it('gives the same facts, and a second write changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFacts(dialect), async (facts) =>
        inDirectory(async (directory) => {
          const source = yamlEntities({ directory, root: directory })
          await source.write(factBase('t', facts), { dialect })
          const files = filesOf(directory)
          const { desired } = await source.load({ dialect }).catch((error: unknown) => Promise.reject(said(error, files)))
          expect(lines(desired.facts.values()), Object.values(files).join('\n')).toEqual(lines(facts))
          expect(await source.write(factBase('t', facts), { dialect })).toEqual([])
        }),
      ),
      runs,
    )
  })

  it('a pull over files of another state gives the new state', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFacts(dialect), arbitraryFacts(dialect), async (before, after) =>
        inDirectory(async (directory) => {
          const source = yamlEntities({ directory, root: directory })
          await source.write(factBase('t', before), { dialect })
          const first = filesOf(directory)
          await source.write(factBase('t', after), { dialect }).catch((error: unknown) => Promise.reject(said(error, first)))
          const files = filesOf(directory)
          const { desired } = await source
            .load({ dialect })
            .catch((error: unknown) => Promise.reject(said(error, { ...files, before: '# before', ...first })))
          // A comment that the database lost stays in the file, where a person may have written it.
          const plain = (facts: Iterable<AnyFact>): readonly string[] =>
            lines([...facts].map((fact) => ({ ...fact, payload: { ...fact.payload, comment: undefined } }) as unknown as AnyFact))
          expect(plain(desired.facts.values()), Object.values(files).join('\n')).toEqual(plain(after))
        }),
      ),
      runs,
    )
  })

  it('expanding and compacting lose nothing', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFacts(dialect), async (facts) =>
        inDirectory(async (directory) => {
          const source = yamlEntities({ directory, root: directory })
          await source.write(factBase('t', facts), { dialect })
          for (const [file, text] of Object.entries(filesOf(directory))) {
            const expanded = expandEntities(text)
            expect(expandEntities(expanded)).toBe(expanded)
            expect(compactEntities(expanded)).toBe(formatEntityFile(text, { form: 'compact', file }))
          }
          const wide = await loadText(
            Object.fromEntries(Object.entries(filesOf(directory)).map(([file, text]) => [file, expandEntities(text)])),
            kind,
          )
          expect(lines(wide.facts)).toEqual(lines(facts))
        }),
      ),
      runs,
    )
  })
})
