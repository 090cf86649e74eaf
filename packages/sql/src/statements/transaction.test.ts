import type { DatabaseKind } from '@yama/core'
import { expect, test } from 'vitest'
import { lexerRules } from '../lexer/lexer-rules.ts'
import { splitStatements } from './split-statements.ts'
import { transactionControl } from './transaction-control.ts'

const alone: Record<DatabaseKind, readonly string[]> = {
  postgres: [
    'CREATE INDEX CONCURRENTLY i ON t (a)',
    'create /* c */ unique index concurrently if not exists "i" on t (a)',
    'DROP INDEX CONCURRENTLY IF EXISTS i',
    'REINDEX INDEX CONCURRENTLY i',
    'REINDEX (VERBOSE, CONCURRENTLY) TABLE t',
    'REINDEX SCHEMA s',
    'VACUUM',
    'VACUUM FULL t',
    'CREATE DATABASE d',
    'DROP DATABASE d',
    "CREATE TABLESPACE s LOCATION '/x'",
    'DROP TABLESPACE s',
    "ALTER SYSTEM SET work_mem = '1MB'",
    "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p",
    'ALTER TABLE a.b DETACH PARTITION c CONCURRENTLY',
    'CLUSTER',
    'ALTER DATABASE d SET TABLESPACE s',
    'DISCARD ALL',
    'DROP SUBSCRIPTION s',
    'DO $$ BEGIN LOOP COMMIT; EXIT; END LOOP; END $$',
  ],
  sqlite: [
    'VACUUM',
    'PRAGMA foreign_keys = OFF',
    'PRAGMA foreign_keys(0)',
    'pragma main.journal_mode = wal',
    "ATTACH 'x' AS y",
    'DETACH y',
  ],
  mysql: [
    'CREATE TABLE t (a INT)',
    'DROP TABLE t',
    'ALTER TABLE t ADD a INT',
    'TRUNCATE t',
    'RENAME TABLE a TO b',
    'GRANT SELECT ON t TO u',
  ],
  mariadb: [
    'CREATE OR REPLACE TABLE t (a INT)',
    'OPTIMIZE TABLE t',
    '/*!40000 ALTER TABLE `t` DISABLE KEYS */',
    '/* c */ /*M!100100 DROP TABLE t */',
  ],
}
const together: Record<DatabaseKind, readonly string[]> = {
  postgres: [
    'CREATE INDEX i ON t (a)',
    'CREATE INDEX "concurrently" ON t (a)',
    'REFRESH MATERIALIZED VIEW CONCURRENTLY v',
    "ALTER TYPE e ADD VALUE 'x'",
    'ANALYZE t',
    'CLUSTER t USING i',
    'ALTER TABLESPACE s SET (seq_page_cost = 1)',
    "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)",
    'ALTER TABLE a DETACH PARTITION c',
    'DISCARD TEMP',
    'REINDEX TABLE t',
    'DO $$ BEGIN CREATE TEMP TABLE x ON COMMIT DROP AS SELECT 1; -- no COMMIT;\nEND $$',
    'ALTER TABLE concurrently ADD COLUMN detach int',
  ],
  sqlite: ['PRAGMA foreign_keys', 'PRAGMA defer_foreign_keys = ON', 'PRAGMA foreign_key_check', 'CREATE TABLE vacuum (a)', 'REINDEX'],
  mysql: ['INSERT INTO t VALUES (1)', 'CREATE TEMPORARY TABLE t (a INT)', 'SET @a = 1', '/*!40101 SET NAMES utf8 */'],
  mariadb: ['UPDATE t SET a = 1'],
}

for (const rules of Object.values(lexerRules)) {
  test(`${rules.kind}: what cannot run in a transaction is marked, and nothing else`, () => {
    expect(splitStatements(alone[rules.kind].join(';'), rules).filter(({ transaction }) => transaction !== 'none')).toEqual([])
    expect(splitStatements(together[rules.kind].join(';'), rules).filter(({ transaction }) => transaction !== 'any')).toEqual([])
  })
}

test('a new enum value runs alone where the file uses it, as PostgreSQL wants', () => {
  const modes = (sql: string): readonly string[] => splitStatements(sql, lexerRules.postgres).map(({ transaction }) => transaction)
  expect(modes("ALTER TYPE s.e ADD VALUE IF NOT EXISTS 'it''s' AFTER 'b'; SELECT 1; CREATE INDEX i ON t (a) WHERE b = 'it''s'")).toEqual([
    'none',
    'any',
    'any',
  ])
  expect(modes("ALTER TYPE e ADD VALUE 'a'; ALTER TYPE e ADD VALUE 'b'; DO $$ BEGIN UPDATE t SET e = 'b'; END $$")).toEqual([
    'any',
    'none',
    'any',
  ])
  expect(modes("INSERT INTO t VALUES ('a'); ALTER TYPE e ADD VALUE 'a'; SELECT 'A'")).toEqual(['any', 'any', 'any'])
  expect(modes("ALTER TYPE e ADD VALUE 'a.(b]'; SELECT 'a.(b]'; ALTER TYPE e ADD VALUE 'axb'; SELECT 'a.b'")).toEqual([
    'none',
    'any',
    'any',
    'any',
  ])
  expect(modes("CREATE TYPE \"e\" AS ENUM (); ALTER TYPE e ADD VALUE 'a'; SELECT 'a'")).toEqual(['any', 'any', 'any'])
})

test('transaction control is classified', () => {
  const cases: readonly [DatabaseKind, string, string | undefined][] = [
    ['postgres', 'BEGIN', 'begin'],
    ['postgres', 'start transaction', 'begin'],
    ['postgres', 'END', 'commit'],
    ['postgres', 'COMMIT WORK', 'commit'],
    ['postgres', 'BEGIN ISOLATION LEVEL SERIALIZABLE', 'other'],
    ['postgres', 'COMMIT AND CHAIN', 'other'],
    ['postgres', 'ROLLBACK', 'other'],
    ['postgres', 'ABORT', 'other'],
    ['postgres', 'ROLLBACK TO SAVEPOINT a', undefined],
    ['postgres', 'SAVEPOINT a', undefined],
    ['postgres', 'PREPARE a AS SELECT 1', undefined],
    ['postgres', "PREPARE TRANSACTION 'a'", 'other'],
    ['sqlite', 'BEGIN IMMEDIATE TRANSACTION', 'begin'],
    ['sqlite', 'COMMIT TRANSACTION', 'commit'],
    ['sqlite', 'END', 'commit'],
    ['mysql', 'START TRANSACTION', 'begin'],
    ['mysql', 'START TRANSACTION READ ONLY', 'other'],
    ['mariadb', 'BEGIN NOT ATOMIC SELECT 1; END', undefined],
    ['mysql', 'START SLAVE', undefined],
    ['postgres', 'SELECT 1', undefined],
  ]
  for (const [kind, sql, expected] of cases) expect(transactionControl(sql, lexerRules[kind]), sql).toBe(expected)
})
