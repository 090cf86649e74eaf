import { difference, factBase, planChange } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { extract } from '../src/extract/extract.ts'
import { CORPUS, corpusSchemas, load } from './corpus.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { asLines, dump, runActions, shortly } from './difference-case.ts'
import { connectTo, inDatabase, serverAnswers } from './local-server.ts'

const answers = await serverAnswers()
const missing = CORPUS === undefined ? 'YAMA_CORPUS_DIR is not set' : answers ? undefined : 'no PostgreSQL server answers'
if (missing !== undefined) console.warn(`The schemas of the corpus were skipped: ${missing}.`)

/** One of each make; all of them are in `programmes/corpus-round-trip.ts`. */
const SAMPLE = ['sakila', 'chinook Chinook_PostgreSql_SerialPKs.sql', 'homarr', 'kestra', 'umami', 'temporal visibility']
const schemas = CORPUS === undefined || !answers ? [] : corpusSchemas(CORPUS).filter(({ name }) => SAMPLE.includes(name))
const everything = { schemas: [], include: [], exclude: [] } as const

describe.skipIf(missing !== undefined)(
  `a schema rebuilt from its facts alone${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    it.each(schemas.map((schema) => [schema.name, schema] as const))('%s', async (_, schema) => {
      const name = `yama_corpus_${String(process.pid)}`
      await inDatabase(`${name}_a`, (first) =>
        inDatabase(`${name}_b`, async (second) => {
          load(schema, first)
          await using left = await connectTo(first)
          await using right = await connectTo(second)
          const facts = await extract(left, everything)
          const plan = planChange({ before: factBase(facts.tag, []), after: facts, dialect: schemaDialect, renames: [] })
          expect(plan.refusals).toEqual([])
          await runActions(right, plan.actions)
          expect(shortly(difference(await extract(right, everything), facts))).toBe('')
          const [original, rebuilt] = [asLines(await dump(first)).split('\n'), asLines(await dump(second)).split('\n')]
          if (facts.unmanaged.length === 0) expect(rebuilt).toEqual(original)
          // What is not managed is missing, but nothing is there that was not there before.
          else expect(rebuilt.filter((line) => !original.includes(line))).toEqual([])
        }),
      )
    })
  },
)
