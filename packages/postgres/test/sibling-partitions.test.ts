import { describe, it } from 'vitest'
import { servers } from './runtime-database.ts'
import { fromEntitiesAlone, throughStates, type State } from './states.ts'

const TABLE = 'CREATE TABLE p (a int, b int) PARTITION BY LIST (a);'

/** Values that were one partition's come to be another's. */
const PARTITIONS: readonly State[] = [
  ['one has them', `${TABLE} CREATE TABLE x PARTITION OF p FOR VALUES IN (NULL, 1, 3); CREATE TABLE y PARTITION OF p FOR VALUES IN (2)`],
  [
    'another one, and one that was there',
    `${TABLE} CREATE TABLE z PARTITION OF p FOR VALUES IN (1, 3); CREATE TABLE y PARTITION OF p FOR VALUES IN (2, NULL)`,
  ],
  ['one again', `${TABLE} CREATE TABLE x PARTITION OF p FOR VALUES IN (NULL, 1, 3); CREATE TABLE y (a int, b int)`],
  ['each takes the place of the other', `${TABLE} CREATE TABLE x (a int, b int); CREATE TABLE y PARTITION OF p FOR VALUES IN (NULL, 1, 3)`],
]

const RANGES = (bounds: readonly (readonly [number, number])[]): string =>
  `CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)) PARTITION BY RANGE (a); CREATE TABLE c (a int, b int, FOREIGN KEY (a, b) REFERENCES p);
  ${bounds.map(([from, to], index) => `CREATE TABLE p${String(index)} PARTITION OF p FOR VALUES FROM (${String(from)}) TO (${String(to)})`).join('; ')}`

const ROWS = 'INSERT INTO p VALUES (1, 1), (17, 1); INSERT INTO c VALUES (1, 1), (17, 1)'

/** The rows fit before and after, and are referred to. */
const BOUNDS: readonly State[] = [
  [
    'two partitions',
    `${RANGES([
      [0, 10],
      [10, 20],
    ])}; ${ROWS}`,
  ],
  [
    'with another border between them',
    `${RANGES([
      [0, 15],
      [15, 20],
    ])}; ${ROWS}`,
  ],
  [
    'with other bounds all',
    `${RANGES([
      [-10, 16],
      [16, 50],
    ])}; ${ROWS}`,
  ],
]

const SWAPPED: readonly State[] = [
  [
    'one first',
    RANGES([
      [0, 10],
      [10, 20],
    ]),
  ],
  [
    'the other first',
    RANGES([
      [10, 20],
      [0, 10],
    ]),
  ],
]

/** The order of the columns of a table is no part of them. */
const STATISTICS: readonly State[] = [
  ['one column', 'CREATE TABLE t (a int, b int, c int); CREATE STATISTICS s (ndistinct) ON lower(c::text), b FROM t'],
  ['two columns', 'CREATE TABLE t (a int, b int, c int); CREATE STATISTICS s (ndistinct) ON b, a, (a + b), lower(c::text) FROM t'],
]

const OVERLAPS = `CREATE TABLE p (id int4range, at daterange, CONSTRAINT whole UNIQUE (id, at WITHOUT OVERLAPS)) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('[1,2)');`

/** The server has a name of its own for each copy of such a key. */
const TEMPORAL: readonly State[] = [
  [
    'without',
    "CREATE TABLE p (id int4range, at daterange) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('[1,2)');",
  ],
  ['unique without overlaps', OVERLAPS],
  ['under another name', `${OVERLAPS} ALTER TABLE p1 RENAME CONSTRAINT p1_id_at_excl TO own`],
]

/** A name that another table has taken before. */
const COMMENTED: readonly State[] = [
  [
    'comments on copies',
    `CREATE TABLE a (c text NOT NULL); COMMENT ON CONSTRAINT a_c_not_null ON a IS 'first'; CREATE TABLE z (LIKE a INCLUDING ALL); CREATE TABLE b (c text NOT NULL);
    COMMENT ON CONSTRAINT b_c_not_null ON b IS 'second'; CREATE TABLE aa (c text CONSTRAINT b_c_not_null NOT NULL);`,
  ],
  ['nothing', ''],
]

describe.each(servers)('partitions beside each other, on $name', ({ url, major }) => {
  it.runIf((major ?? 18) >= 18)(
    'keys without overlaps, and comments on NOT NULLs, under the names of the server',
    { timeout: 120_000 },
    async () => {
      await throughStates(url, TEMPORAL)
      await fromEntitiesAlone(url, [...TEMPORAL, ...COMMENTED])
    },
  )

  it('give way before another one comes to have their values', { timeout: 120_000 }, async () => {
    await throughStates(url, PARTITIONS)
    await fromEntitiesAlone(url, PARTITIONS)
  })

  it('all make room before one gets other bounds, and foreign keys let them', { timeout: 120_000 }, async () => {
    await throughStates(url, BOUNDS)
    await fromEntitiesAlone(url, SWAPPED)
  })

  it('statistics name their columns in any order', { timeout: 120_000 }, async () => {
    await throughStates(url, STATISTICS)
    await fromEntitiesAlone(url, STATISTICS)
  })
})
