import { describe, expect, it } from 'vitest'
import { difference, factBase, planChange, requirePlan, type FactBase } from '@yama/schema'
import { corpusSchemas, load } from '../../packages/postgres/test/corpus.ts'
import { runActions } from '../../packages/postgres/test/difference-case.ts'
import { schemaDialect } from '../../packages/postgres/test/dialect-under-test.ts'
import { connectTo, inDatabase, serverAnswers } from '../../packages/postgres/test/local-server.ts'
import { deltaLines, rawShare, throughEntities } from './round-trip.ts'

const root = process.env['YAMA_CORPUS_DIR']
const answers = root !== undefined && (await serverAnswers())
const why = root === undefined ? 'YAMA_CORPUS_DIR is not set' : 'no PostgreSQL server answers'
if (!answers) console.warn(`entities of the PostgreSQL corpus: skipped, ${why}`)
const everything = { schemas: [], include: [], exclude: [] } as const

/** What the server makes of facts as entities state them. */
async function made(desired: FactBase, tag: string, database: string): Promise<FactBase> {
  await using connection = await connectTo(database)
  const plan = requirePlan(
    planChange({ before: factBase(tag, []), after: desired, dialect: schemaDialect, renames: [], server: connection.server }),
  )
  await runActions(connection, plan.actions)
  return await schemaDialect.extract(connection, everything)
}

describe('entities of the PostgreSQL corpus', () => {
  if (!answers) return void it.skipIf(true)(`entities of the PostgreSQL corpus (${why})`, () => undefined)
  // Of the schemas that are there at many dates, the newest; YAMA_CORPUS_ALL takes every one.
  const schemas = corpusSchemas(root ?? '')
  const family = (name: string): string => (name.startsWith('history-') ? (name.split(' ')[0] ?? name) : name)
  const chosen =
    process.env['YAMA_CORPUS_ALL'] === undefined
      ? schemas.filter((schema, index) => family(schemas[index + 1]?.name ?? '') !== family(schema.name))
      : schemas
  // crates.io alone is 285 files, each with a psql of its own.
  it.each(chosen.map((schema) => [schema.name, schema] as const))(
    '%s: pull, and make the same database from the entities alone',
    async (name, schema) => {
      await inDatabase(`yamlent_${process.pid}_a`, async (first) =>
        inDatabase(`yamlent_${process.pid}_b`, async (second) => {
          load(schema, first)
          await using source = await connectTo(first)
          const wanted = await schemaDialect.extract(source, everything)
          const written = await throughEntities(wanted, schemaDialect)
          const canonical = await made(written.desired, wanted.tag, second)
          expect(deltaLines(difference(canonical, wanted))).toEqual([])
          expect(await written.again(async () => canonical)).toEqual([])
          console.info(`${name}: ${rawShare(written.files)}`)
          written.dispose()
        }),
      )
    },
    300_000,
  )
})
