import { postgresTargets } from '@yama/testkit'
import { expect, it } from 'vitest'
import { readSchema } from './read-schema.ts'
import { untaggedHash, versionDifferences } from './version-differences.ts'
import { versionSchemas } from './version-schemas.ts'

const corpus = process.env['YAMA_CORPUS_DIR']
if (corpus === undefined) console.warn('schemas of the corpus on several versions: skipped, YAMA_CORPUS_DIR is not set')
// All twenty on all versions are read by `pnpm versions`.
const sample = versionSchemas(corpus).filter(({ name }) =>
  ['everything the model carries', 'sakila', 'memos latest', 'homarr'].includes(name),
)
const targets = await postgresTargets()

it.each(sample)('$name is the same on every version', async (schema) => {
  const [first, ...others] = await Promise.all(
    targets.map(async (target) => ({ name: target.name, ...(await readSchema(schema, target)) })),
  )
  for (const other of others) {
    expect([other.name, versionDifferences(first?.facts ?? other.facts, other.facts)]).toEqual([other.name, []])
    expect(untaggedHash(other.facts)).toBe(untaggedHash(first?.facts ?? other.facts))
    expect(other.refused).toEqual(first?.refused)
  }
})
