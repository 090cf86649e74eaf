import type { Connection } from '@yama/core'
import { difference, planChange, requirePlan, type FactBase, type Rename } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inEmptyDatabase, targets } from './schema-databases.ts'

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const
const facts = (connection: Connection): Promise<FactBase> => schemaDialect.extract(connection, EVERYTHING)

const READING = `CREATE TABLE reading (id integer NOT NULL, at date NOT NULL, kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE INDEX reading_kind ON reading (kind) INCLUDE (id);`
const PART = (name: string): string => `CREATE TABLE ${name} PARTITION OF reading FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`

interface Case {
  readonly title: string
  readonly from: string
  readonly to: string
  readonly renames?: readonly Rename[]
  readonly says: readonly string[]
}

const cases: readonly Case[] = [
  {
    title: 'names follow a column and a partition with another name',
    from: `${READING}${PART('part')}`,
    to: `${READING.replaceAll('kind', 'sort')}${PART('piece')}`,
    renames: [
      { from: 'column:public.reading.kind', to: 'column:public.reading.sort' },
      { from: 'table:public.part', to: 'table:public.piece' },
      { from: 'index:public.reading.reading_kind', to: 'index:public.reading.reading_sort' },
    ],
    says: ['RENAME TO piece_pkey', 'RENAME TO piece_sort_id_idx'],
  },
  {
    title: 'a name is given and taken back',
    from: `${READING}${PART('part')}`,
    to: `${READING}${PART('part')} ALTER INDEX part_kind_id_idx RENAME TO own_name`,
    says: ['ALTER INDEX public.part_kind_id_idx RENAME TO own_name'],
  },
  {
    title: 'an index that does not reach every partition',
    from: `${READING}${PART('part')} CREATE TABLE rest PARTITION OF reading DEFAULT`,
    to: `${READING}${PART('part')} CREATE TABLE rest PARTITION OF reading DEFAULT; CREATE INDEX partly ON ONLY reading (id); CREATE INDEX part_id ON part (id);
      ALTER INDEX partly ATTACH PARTITION part_id; ALTER TABLE ONLY reading ADD CONSTRAINT partly_key UNIQUE (at, id);
      ALTER TABLE part ADD CONSTRAINT part_at UNIQUE (at, id); ALTER INDEX partly_key ATTACH PARTITION part_at`,
    says: ['ON ONLY public.reading', 'ALTER INDEX public.partly ATTACH PARTITION public.part_id', 'ALTER TABLE ONLY public.reading ADD'],
  },
  {
    title: 'where two indexes would have the same name the index is found by its parent',
    from: `${READING}${PART('part')} CREATE INDEX one ON reading (at); CREATE INDEX two ON reading (at DESC)`,
    to: `${READING}${PART('part')} CREATE INDEX one ON reading (at); CREATE INDEX two ON reading (at DESC);
      ALTER INDEX part_at_idx RENAME TO up; ALTER INDEX part_at_idx1 RENAME TO down`,
    says: ["'public.one'::pg_catalog.regclass", "'public.two'::pg_catalog.regclass"],
  },
]

describe.each(targets)('names of what partitions have from their parents, on $name', (target) => {
  it.each(cases.map((one) => [one.title, one] as const))('%s', async (_, { from, to, renames = [], says }) => {
    await inEmptyDatabase(target, async (connection) => {
      await connection.execute(to)
      const wanted = await facts(connection)
      await schemaDialect.clear(connection, EVERYTHING)
      await connection.execute(from)
      const first = await facts(connection)
      const up = requirePlan(planChange({ before: first, after: wanted, dialect: schemaDialect, renames, server: connection.server }))
      const sql = up.actions.map((action) => action.sql).join('\n')
      for (const words of says) expect(sql).toContain(words)
      await runActions(connection, up.actions)
      expect(difference(await facts(connection), wanted)).toEqual([])
      const back = renames.map((one): Rename => ({ from: one.to, to: one.from }))
      const down = requirePlan(
        planChange({ before: wanted, after: first, dialect: schemaDialect, renames: back, server: connection.server }),
      )
      await runActions(connection, down.actions)
      expect(difference(await facts(connection), first)).toEqual([])
    })
  })
})
