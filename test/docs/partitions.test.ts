import { pglite } from '@yama/postgres'
import { expect, test } from 'vitest'
import { blocks } from './blocks.ts'

test('what the guide does with the rows of a partition loses none, up and down', async () => {
  const text = blocks().find((block) => block.page === 'guide/postgresql.md' && block.text.includes('ATTACH PARTITION'))?.text ?? ''
  const [, up = '', down = ''] = text.split(/-- \+migrate (?:Up|Down)\n/)
  const dialect = pglite({})
  await using connection = await dialect.connect()
  const run = async (sql: string): Promise<void> => {
    await connection.batch(
      dialect.splitStatements(sql).map((statement) => ({ sql: statement.text })),
      { transaction: true },
    )
  }
  const rows = async (): Promise<unknown> =>
    (await connection.execute('SELECT tableoid::regclass::text AS "table", count(*)::int AS n FROM events GROUP BY 1 ORDER BY 1')).rows
  await run(`CREATE TABLE events (id int, at date) PARTITION BY RANGE (at);
    CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    INSERT INTO events VALUES (1, '2024-01-01'), (2, '2024-06-30'), (3, '2024-07-01');`)
  await run(up)
  expect(await rows()).toEqual([
    { table: 'events_2024', n: 2 },
    { table: 'events_2024_b', n: 1 },
  ])
  await run(down)
  expect(await rows()).toEqual([{ table: 'events_2024', n: 3 }])
})
