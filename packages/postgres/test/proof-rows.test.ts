import { postgres } from '@yama/postgres'
import { planChange, prove, requirePlan, type FactBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { schemaDialect } from './dialect-under-test.ts'
import { inNewDatabase, servers } from './runtime-database.ts'
import { facts } from './states.ts'

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const
const OLD = `CREATE TABLE events (id int NOT NULL, kind text NOT NULL) PARTITION BY HASH (id);
  CREATE TABLE events_0 PARTITION OF events FOR VALUES WITH (MODULUS 2, REMAINDER 0);
  CREATE TABLE events_1 PARTITION OF events FOR VALUES WITH (MODULUS 2, REMAINDER 1);
  CREATE TABLE people (id int NOT NULL, name text NOT NULL); CREATE TABLE staff (badge int NOT NULL) INHERITS (people)`
const NEW = `${OLD}; ALTER TABLE events ADD note text; ALTER TABLE people ADD note text`

const stateOf = (url: string, sql: string): Promise<FactBase> =>
  inNewDatabase(url, async (own) => {
    await using connection = await postgres({ url: own }).connect()
    await connection.execute(sql)
    return await facts(connection)
  })

describe.each(servers)('a proof on $name', ({ url }) => {
  it('gives rows to partitions through their parent, and to tables that inherit', async () => {
    const [before, after] = [await stateOf(url, OLD), await stateOf(url, NEW)]
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      await connection.execute(OLD)
      const plan = (from: FactBase, to: FactBase) =>
        requirePlan(planChange({ before: from, after: to, dialect: schemaDialect, renames: [], server: connection.server }))
      const report = await prove({
        up: plan(before, after),
        down: plan(after, before),
        before,
        after,
        dialect: schemaDialect,
        scope: EVERYTHING,
        scratch: { connection, description: 'a database of the test' },
      })
      expect(report.notes).toEqual([])
      expect(report.tables.map(({ table, rows }) => [table, rows])).toEqual([
        ['table:public.events', 24],
        ['table:public.people', 24],
        ['table:public.staff', 24],
      ])
    })
  })
})
