import type { Connection } from '@yama/core'
import { difference, planChange, requirePlan, type FactBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inEmptyDatabase, targets } from './schema-databases.ts'

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const
const facts = (connection: Connection): Promise<FactBase> => schemaDialect.extract(connection, EVERYTHING)

const AROUND = `
  CREATE TABLE kind (name text PRIMARY KEY);
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'nobody shall fire this'; END $$;`
const AFTERWARDS = `
  CREATE INDEX reading_kind ON reading (kind);
  CREATE TRIGGER reading_touch BEFORE INSERT ON reading FOR EACH ROW EXECUTE FUNCTION touch();
  ALTER TABLE reading ADD CONSTRAINT reading_kind_fkey FOREIGN KEY (kind) REFERENCES kind;
  CREATE VIEW readings AS SELECT id, twice FROM reading; GRANT SELECT ON reading TO PUBLIC; COMMENT ON TABLE reading IS 'what was read';
  ALTER TABLE reading ENABLE ROW LEVEL SECURITY; CREATE POLICY everybody ON reading USING (true);`
const COLUMNS = `id integer GENERATED ALWAYS AS IDENTITY, at date NOT NULL, kind text NOT NULL, n serial, twice integer GENERATED ALWAYS AS (1 + 1) STORED`

const shapes = {
  plain: `${AROUND} CREATE TABLE reading (${COLUMNS}, CONSTRAINT reading_key PRIMARY KEY (id, at, kind)); ${AFTERWARDS}`,
  byRange: `${AROUND} CREATE TABLE reading (${COLUMNS}, CONSTRAINT reading_key PRIMARY KEY (id, at, kind)) PARTITION BY RANGE (at);
    CREATE TABLE reading_2026 PARTITION OF reading FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE TABLE reading_rest PARTITION OF reading DEFAULT; ${AFTERWARDS}`,
  byList: `${AROUND} CREATE TABLE reading (${COLUMNS}, CONSTRAINT reading_key PRIMARY KEY (id, at, kind)) PARTITION BY LIST (kind);
    CREATE TABLE reading_2026 PARTITION OF reading FOR VALUES IN ('b'); CREATE INDEX own ON reading_2026 (n);
    CREATE TABLE reading_rest PARTITION OF reading DEFAULT PARTITION BY HASH (id);
    CREATE TABLE reading_rest_0 PARTITION OF reading_rest FOR VALUES WITH (MODULUS 1, REMAINDER 0); ${AFTERWARDS}`,
} as const
type Shape = keyof typeof shapes
const pairs: readonly (readonly [Shape, Shape])[] = [
  ['plain', 'byRange'],
  ['byRange', 'byList'],
  ['byList', 'plain'],
]

/** These are PostgreSQL 14's: generated columns stay out of a partition key, and identity columns of partitioned tables came with 17. */
const serialOnly = (sql: string, major: number): string => (major >= 17 ? sql : sql.replaceAll('GENERATED ALWAYS AS IDENTITY', 'NOT NULL'))

const rowsOf = async (connection: Connection): Promise<unknown> =>
  (await connection.execute(`SELECT id, at::text, kind, n, twice FROM reading ORDER BY id`)).rows

describe.each(targets)('what a table is partitioned by, on $name', (target) => {
  it.each(pairs)('changes from %s to %s and back, with its rows', async (from, to) => {
    await inEmptyDatabase(target, async (connection) => {
      const { major } = connection.server
      await connection.execute(serialOnly(shapes[to], major))
      const wanted = await facts(connection)
      await schemaDialect.clear(connection, EVERYTHING)
      await connection.execute(serialOnly(shapes[from], major))
      const first = await facts(connection)
      await connection.execute(`INSERT INTO kind VALUES ('a'), ('b'); ALTER TABLE reading DISABLE TRIGGER reading_touch;
        INSERT INTO reading (${major >= 17 ? '' : 'id, '}at, kind) VALUES (${major >= 17 ? '' : '1, '}'2026-05-01', 'a'), (${major >= 17 ? '' : '2, '}'2027-05-01', 'b'), (${major >= 17 ? '' : '3, '}'2026-06-01', 'b');
        ALTER TABLE reading ENABLE TRIGGER reading_touch`)
      const rows = await rowsOf(connection)
      for (const [before, after] of [
        [first, wanted],
        [wanted, first],
      ] as const) {
        const plan = requirePlan(planChange({ before, after, dialect: schemaDialect, renames: [], server: connection.server }))
        expect(plan.losses).toEqual([])
        await runActions(connection, plan.actions)
        expect(difference(await facts(connection), after)).toEqual([])
        expect(await rowsOf(connection)).toEqual(rows)
        const next = await connection.execute(`SELECT nextval(pg_get_serial_sequence('reading', 'n'))::integer AS n`)
        expect(next.rows).toEqual([{ n: after === wanted ? 4 : 5 }])
      }
    })
  })

  it('a table that is there becomes a partition of one that is made anew, and stands for itself again, with all rows', async () => {
    const before = `CREATE TABLE kind (c int PRIMARY KEY);
      CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'nobody shall fire this'; END $$;`
    const after = 'CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION never()'
    const columns = 'a int NOT NULL, b serial, c int REFERENCES kind, UNIQUE (a, b)'
    // The name that the server gives the partition's index is wanted for another one.
    const plain = `${before} CREATE TABLE t (${columns}); CREATE INDEX t1_c_idx ON t (c); CREATE TABLE t1 (${columns}); CREATE INDEX own ON t1 (c); ${after}`
    const partitioned = `${before} CREATE TABLE t (${columns}) PARTITION BY LIST (a); CREATE INDEX ti ON t (c); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
      CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2); ${after}`
    await inEmptyDatabase(target, async (connection) => {
      await connection.execute(partitioned)
      const wanted = await facts(connection)
      await schemaDialect.clear(connection, EVERYTHING)
      await connection.execute(plain)
      const first = await facts(connection)
      await connection.execute(`INSERT INTO kind VALUES (5); INSERT INTO t1 VALUES (1, 9, 5); ALTER TABLE t DISABLE TRIGGER g;
        INSERT INTO t VALUES (1, 7, 5), (2, 8, NULL); ALTER TABLE t ENABLE TRIGGER g`)
      const found: unknown[] = []
      for (const [from, to] of [
        [first, wanted],
        [wanted, first],
      ] as const) {
        const plan = requirePlan(planChange({ before: from, after: to, dialect: schemaDialect, renames: [], server: connection.server }))
        expect(plan.losses).toEqual([])
        await runActions(connection, plan.actions)
        expect(difference(await facts(connection), to)).toEqual([])
        const all = `SELECT tableoid::regclass::text AS of, a, b, c FROM t UNION SELECT tableoid::regclass::text, a, b, c FROM t1 ORDER BY a, b`
        found.push((await connection.execute(all)).rows)
      }
      const rows = (of: string, last: string): unknown => [
        { of, a: 1, b: 7, c: 5 },
        { of, a: 1, b: 9, c: 5 },
        { of: last, a: 2, b: 8, c: null },
      ]
      expect(found).toEqual([rows('t1', 't2'), rows('t1', 't')])
    })
  })

  it('a row that finds no partition stops the change, and nothing has happened', async () => {
    await inEmptyDatabase(target, async (connection) => {
      await connection.execute(
        `CREATE TABLE reading (kind text) PARTITION BY LIST (kind); CREATE TABLE reading_a PARTITION OF reading FOR VALUES IN ('a')`,
      )
      const wanted = await facts(connection)
      await schemaDialect.clear(connection, EVERYTHING)
      await connection.execute(`CREATE TABLE reading (kind text); INSERT INTO reading VALUES ('b')`)
      const first = await facts(connection)
      const plan = requirePlan(planChange({ before: first, after: wanted, dialect: schemaDialect, renames: [], server: connection.server }))
      await expect(runActions(connection, plan.actions)).rejects.toThrow(/no partition of relation "reading" found/)
      expect(difference(await facts(connection), first)).toEqual([])
      expect((await connection.execute('SELECT kind FROM reading')).rows).toEqual([{ kind: 'b' }])
    })
  })
})
