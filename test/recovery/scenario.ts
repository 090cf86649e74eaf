import type { DatabaseKind, Migration } from '@yama/core'
import { sqlMigration, type SqlMigrationOptions } from '@yama/testkit/faults'

/** How a migration commits: as a whole, statement by statement, both, or in many batches. */
export type Shape = 'transactional' | 'non-transactional' | 'mixed' | 'backfill'
export const shapes: readonly Shape[] = ['transactional', 'non-transactional', 'mixed', 'backfill']

type Up = NonNullable<Exclude<SqlMigrationOptions['up'], string>>

const ROWS = 60
const BATCHES = 12
const counted = (from: number, to: number): string =>
  `INSERT INTO base (id, n) VALUES ${Array.from({ length: to - from + 1 }, (_, index) => `(${from + index}, 0)`).join(', ')}`
/** Not one of them may run twice or not at all: that would show in the numbers. */
const batches: Up = Array.from({ length: BATCHES }, (_, index) => {
  const size = ROWS / BATCHES
  return `UPDATE base SET n = n * 3 + ${index + 1} WHERE id > ${index * size} AND id <= ${(index + 1) * size}`
})
const log = (text: string): string => `INSERT INTO journal (what) VALUES ('${text}')`

const base = ['CREATE TABLE base (id int PRIMARY KEY, n int NOT NULL)', 'CREATE TABLE journal (what varchar(40))', counted(1, ROWS)]

const postgres: Readonly<Record<Shape, Up>> = {
  transactional: ['CREATE TABLE t1 (id int PRIMARY KEY)', log('t1'), 'UPDATE base SET n = n * 2 + 1', 'CREATE INDEX t1_i ON t1 (id)'],
  'non-transactional': [
    { alone: 'CREATE INDEX CONCURRENTLY base_n ON base (n)' },
    { alone: 'CREATE UNIQUE INDEX CONCURRENTLY base_u ON base (id, n)' },
    { alone: 'DROP INDEX CONCURRENTLY base_u' },
    { alone: 'VACUUM base' },
    { alone: 'CREATE INDEX CONCURRENTLY ON journal (what)' },
  ],
  mixed: [
    'CREATE TABLE t2 (id int)',
    log('t2'),
    { alone: 'CREATE INDEX CONCURRENTLY t2_i ON t2 (id)' },
    'ALTER TABLE t2 ADD COLUMN b int DEFAULT 1',
    log('t2 b'),
    { alone: 'DROP INDEX CONCURRENTLY t2_i' },
    log('end of mixed'),
  ],
  backfill: batches,
}
const mysql: Readonly<Record<Shape, Up>> = {
  transactional: [log('t1'), 'UPDATE base SET n = n * 2 + 1', log('t1 again')],
  'non-transactional': [
    'CREATE TABLE t1 (id int PRIMARY KEY, a int)',
    'ALTER TABLE t1 ADD COLUMN b int NOT NULL DEFAULT 5, ADD INDEX t1_b (b)',
    'CREATE VIEW v1 AS SELECT id FROM t1',
    'CREATE TABLE t3 (id int PRIMARY KEY)',
    'RENAME TABLE t3 TO t4',
    'DROP VIEW v1',
    'DROP TABLE t4',
    'CREATE INDEX t1_a ON t1 (a)',
    'CREATE TRIGGER t1_i BEFORE INSERT ON t1 FOR EACH ROW SET NEW.a = 1',
  ],
  mixed: [
    'CREATE TABLE t2 (id int)',
    log('t2'),
    'ALTER TABLE t2 ADD COLUMN c int',
    'UPDATE base SET n = n + 7',
    log('c'),
    'ALTER TABLE t2 DROP COLUMN c',
  ],
  backfill: batches,
}
const sqlite: Readonly<Record<Shape, Up>> = {
  transactional: postgres.transactional,
  'non-transactional': ['CREATE TABLE t3 (id int)', { alone: 'VACUUM' }, 'ALTER TABLE t3 ADD COLUMN b int', log('t3'), 'DROP TABLE t3'],
  mixed: [
    'CREATE TABLE t2 (id int)',
    log('t2'),
    { alone: 'PRAGMA journal_mode = DELETE' },
    'ALTER TABLE t2 ADD COLUMN b int',
    log('b'),
    { alone: 'VACUUM' },
    log('end'),
  ],
  backfill: batches,
}
const all = { postgres, mysql, mariadb: mysql, sqlite } satisfies Record<DatabaseKind, Readonly<Record<Shape, Up>>>

/** Small ones that follow each other: where the driver can, several of them go in one exchange. */
const together: readonly Up[] = Array.from({ length: 6 }, (_, index) => [log(`together ${index}`), `UPDATE base SET n = n * 2 + ${index}`])

/** A base, and one migration of each shape, or of some; with all of them, small ones that are sent together. */
export function scenario(kind: DatabaseKind, only: readonly Shape[] = shapes): readonly Migration[] {
  const modes: Partial<Record<Shape, 'none'>> = { 'non-transactional': 'none', backfill: 'none' }
  return [
    sqlMigration({ id: '000_base', up: base }),
    ...only.map((shape, index) =>
      sqlMigration({ id: `00${index + 1}_${shape}`, up: all[kind][shape], transaction: modes[shape] ?? 'auto' }),
    ),
    ...(only === shapes ? together.map((up, index) => sqlMigration({ id: `10${index}_together`, up })) : []),
  ]
}

export const statementsOf = (migrations: readonly Migration[]): ReadonlySet<string> =>
  new Set(migrations.flatMap(({ up }) => up.flatMap((step) => (step.kind === 'sql' ? [step.text] : []))))
