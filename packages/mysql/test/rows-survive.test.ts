import { planChange, requirePlan } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { facts, inDatabase, run, runActions, schemaServers, type SchemaServer } from './schema-server.ts'

/** Changes a database with rows into the schema of another script, and returns the rows. */
async function changed(server: SchemaServer, from: string, to: string): Promise<readonly Record<string, unknown>[]> {
  return await inDatabase(server, async (left) =>
    inDatabase(server, async (right) => {
      await run(left, from)
      await run(right, to)
      const plan = planChange({
        before: await facts(left),
        after: await facts(right),
        dialect: server.schema,
        renames: [],
        server: left.server,
      })
      await runActions(left, requirePlan(plan).actions)
      return (await left.execute('SELECT * FROM t ORDER BY 1')).rows
    }),
  )
}

describe.each(schemaServers.map((server) => [server.kind, server] as const))('rows on %s', (_, server) => {
  it('get a value each where the default of a new column is another one in every row', async () => {
    const rows = await changed(
      server,
      `CREATE TABLE t (id int PRIMARY KEY, seen datetime ON UPDATE CURRENT_TIMESTAMP);
       INSERT INTO t VALUES (1, '2001-02-03 04:05:06'), (2, '2001-02-03 04:05:06')`,
      `CREATE TABLE t (
         id int PRIMARY KEY, seen datetime ON UPDATE CURRENT_TIMESTAMP,
         a varchar(36) NOT NULL DEFAULT (uuid()), b varchar(36) DEFAULT (uuid()), UNIQUE KEY a (a))`,
    )
    const values = rows.flatMap(({ a, b }) => [a, b])
    expect(new Set(values).size).toBe(4)
    for (const value of values) expect(value).toMatch(/^[0-9a-f-]{36}$/)
    // The server would set it at an UPDATE.
    for (const { seen } of rows) expect(seen).toMatch(/^2001-02-03 04:05:06/)
  })

  it('stay where a column is written in other upper and lower case', async () => {
    const rows = await changed(
      server,
      "CREATE TABLE t (id int PRIMARY KEY, name varchar(9)); INSERT INTO t VALUES (1, 'a')",
      'CREATE TABLE t (id int PRIMARY KEY, Name varchar(20))',
    )
    expect(rows).toEqual([{ id: 1, Name: 'a' }])
  })

  it('stay where the partition goes that they are in', async () => {
    const table = 'CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id)'
    const rows = await changed(
      server,
      `${table} (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20), PARTITION c VALUES LESS THAN (30));
       INSERT INTO t VALUES (5), (15), (25)`,
      `${table} (PARTITION b VALUES LESS THAN (20), PARTITION c VALUES LESS THAN (30))`,
    )
    expect(rows.map(({ id }) => id)).toEqual([5, 15, 25])
  })
})

it.skipIf(schemaServers.length > 0)('rows on MySQL or MariaDB: no server answers', () => undefined)
