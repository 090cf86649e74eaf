import type { Connection } from '@yama/core'
import { difference, factBase, planChange, requirePlan, type FactBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { runActions } from '../../packages/postgres/test/difference-case.ts'
import { schemaDialect } from '../../packages/postgres/test/dialect-under-test.ts'
import { inEmptyDatabase, targets } from '../../packages/postgres/test/schema-databases.ts'
import { pgDumpObjectSets } from './pg-dump-object-sets.ts'
import { objectSets } from './postgres-object-sets.ts'
import { deltaLines, throughEntities } from './round-trip.ts'

const everything = { schemas: [], include: [], exclude: [] } as const
const facts = (connection: Connection): Promise<FactBase> => schemaDialect.extract(connection, everything)

async function change(connection: Connection, after: FactBase): Promise<void> {
  const before = await facts(connection)
  const plan = requirePlan(planChange({ before, after, dialect: schemaDialect, renames: [], server: connection.server }))
  await runActions(connection, plan.actions)
}

/** Two states of the same objects. They go to entity files and back, and from one to the other and back, on a server. */
describe.each(targets)('objects of PostgreSQL on $name', (target) => {
  it.each([...objectSets, ...pgDumpObjectSets].map((set) => [set.title, set] as const))(
    '%s',
    async (_, { states, needs, says, never, unmanaged, leaves }) => {
      await inEmptyDatabase(target, async (connection) => {
        if (needs !== undefined && !(await needs(connection))) return
        const wanted: FactBase[] = []
        for (const sql of states) {
          await schemaDialect.clear(connection, everything)
          await connection.execute(sql)
          const found = await facts(connection)
          expect(found.unmanaged.map(({ kind, name }) => `${kind} ${name}`)).toEqual(unmanaged ?? [])
          wanted.push(found)
        }
        const [first, second] = wanted
        if (first === undefined || second === undefined) throw new Error('a set has two states')
        const texts: string[] = []
        for (const state of wanted) {
          const written = await throughEntities(state, schemaDialect)
          texts.push(...Object.values(written.files))
          await schemaDialect.clear(connection, everything)
          await change(connection, factBase(state.tag, [...written.desired.facts.values()]))
          const canonical = await facts(connection)
          expect(deltaLines(difference(canonical, state))).toEqual([])
          expect(await written.again(async () => canonical)).toEqual([])
          written.dispose()
        }
        for (const words of says) expect(texts.join('\n')).toContain(words)
        for (const words of never ?? []) expect(texts.join('\n')).not.toContain(words)
        for (const state of [first, second, first]) {
          await change(connection, state)
          expect(deltaLines(difference(await facts(connection), state))).toEqual([])
        }
        await schemaDialect.clear(connection, everything)
        expect([...(await facts(connection)).facts.keys()].filter((id) => id !== 'schema:public')).toEqual([])
        if (leaves !== undefined) await connection.execute(leaves)
      })
    },
    120_000,
  )
})
