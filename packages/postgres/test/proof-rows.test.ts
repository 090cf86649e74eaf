import { postgres } from '@yama/postgres'
import { planChange, prove, requirePlan, type FactBase, type ProofReport } from '@yama/schema'
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

/** Up and Down of the two states, on a database that has the first. */
async function proofOf(url: string, old: string, now: string): Promise<ProofReport> {
  const [before, after] = [await stateOf(url, old), await stateOf(url, now)]
  return inNewDatabase(url, async (own) => {
    await using connection = await postgres({ url: own }).connect()
    await connection.execute(old)
    const plan = (from: FactBase, to: FactBase) =>
      requirePlan(planChange({ before: from, after: to, dialect: schemaDialect, renames: [], server: connection.server }))
    return await prove({
      up: plan(before, after),
      down: plan(after, before),
      before,
      after,
      dialect: schemaDialect,
      scope: EVERYTHING,
      scratch: { connection, description: 'a database of the test' },
    })
  })
}

describe.each(servers)('a proof on $name', ({ url }) => {
  it('gives rows to partitions through their parent, and to tables that inherit', async () => {
    const report = await proofOf(url, OLD, NEW)
    expect(report.notes).toEqual([])
    expect(report.tables.map(({ table, rows }) => [table, rows])).toEqual([
      ['table:public.events', 24],
      ['table:public.people', 24],
      ['table:public.staff', 24],
    ])
  })

  it('finds values for a text that becomes something else', async () => {
    const types = [
      'point',
      'line',
      'box',
      'circle',
      'int4range',
      'tstzrange',
      'integer[]',
      'inet',
      'uuid',
      'date',
      'jsonb',
      'bytea',
      'numeric(10,2)',
    ]
    const table = (type: (at: number) => string): string =>
      `CREATE TABLE t (id int PRIMARY KEY, ${types.map((_, at) => `c${String(at)} ${type(at)} NOT NULL`).join(', ')})`
    const report = await proofOf(
      url,
      table(() => 'text'),
      table((at) => types[at] ?? ''),
    )
    expect(report.notes).toEqual([])
    expect(report.rows).toBe(24)
  })

  it('lets a trigger that ran over the seeded rows meet the new type of a column', async () => {
    const old = `CREATE TABLE prices (id int NOT NULL, amount int);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM abs(NEW.amount); RETURN NEW; END $$;
      CREATE TRIGGER prices_note BEFORE INSERT OR UPDATE ON prices FOR EACH ROW EXECUTE FUNCTION note()`
    const [before, after] = [await stateOf(url, old), await stateOf(url, old.replace('amount int', 'amount bigint'))]
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      await connection.execute(old)
      const plan = (from: FactBase, to: FactBase) =>
        requirePlan(planChange({ before: from, after: to, dialect: schemaDialect, renames: [], server: connection.server }))
      const [up, down] = [plan(before, after), plan(after, before)]
      const [example] = up.actions
      if (example === undefined) throw new Error('the plan is empty')
      const write = { ...example, title: 'write every row', sql: 'UPDATE prices SET id = id' }
      const report = await prove({
        up: { ...up, actions: [...up.actions, write] },
        down: { ...down, actions: [...down.actions, write] },
        before,
        after,
        dialect: schemaDialect,
        scope: EVERYTHING,
        scratch: { connection, description: 'a database of the test' },
      })
      expect(report.tables.map(({ table, rows }) => [table, rows > 0])).toContainEqual(['table:public.prices', true])
    })
  })
})
