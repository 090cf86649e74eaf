import type { Connection } from '@yama/core'
import { difference, planChange, requirePlan, type FactBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inEmptyDatabase, targets } from './schema-databases.ts'

const facts = (connection: Connection): Promise<FactBase> => schemaDialect.extract(connection, { schemas: [], include: [], exclude: [] })

const PARENT = 'CREATE TABLE reading (n serial, at date NOT NULL) PARTITION BY RANGE (at);'
const inside = `${PARENT} CREATE TABLE reading_2026 PARTITION OF reading FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`
const outside = `${PARENT} CREATE TABLE reading_2026 (n serial, at date NOT NULL);`
const alone = 'CREATE TABLE reading_2026 (n serial, at date NOT NULL);'

describe.each(targets)('a partition with numbers of its own, on $name', (target) => {
  it.each([
    ['its parent stays', inside, outside],
    ['its parent goes', inside, alone],
  ])('is let out and taken in again where %s', async (_, from, to) => {
    await inEmptyDatabase(target, async (connection) => {
      await connection.execute(to)
      const wanted = await facts(connection)
      await schemaDialect.clear(connection, { schemas: [], include: [], exclude: [] })
      await connection.execute(from)
      await connection.execute("INSERT INTO reading (at) VALUES ('2026-05-01'), ('2026-06-01')")
      const first = await facts(connection)
      for (const [before, after] of [
        [first, wanted],
        [wanted, first],
      ] as const) {
        const { actions } = requirePlan(planChange({ before, after, dialect: schemaDialect, renames: [] }))
        await runActions(connection, actions)
        expect(difference(await facts(connection), after)).toEqual([])
        await connection.execute(`INSERT INTO ${after === first ? 'reading' : 'reading_2026'} (at) VALUES ('2026-07-01')`)
      }
      const { rows } = await connection.execute('SELECT n FROM reading_2026 ORDER BY n, at')
      expect(rows.length).toBe(4)
    })
  })
})
