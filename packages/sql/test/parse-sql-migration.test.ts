import { type DatabaseKind, type Diagnostic, type Migration, YamaError } from '@yama/core'
import { newMigrationId, nextMigrationName, parseSqlMigration, writeMigration } from '@yama/core/files'
import { describe, expect, test } from 'vitest'
import { fileDialect } from './file-dialect.ts'

const read = (text: string, kind: DatabaseKind = 'postgres', file = 'migrations/001_x.sql'): Migration =>
  parseSqlMigration(text, file, fileDialect(kind))
const sql = (steps: Migration['down']): unknown => steps?.map((step) => (step.kind === 'sql' ? step.text : step.kind))
const problems = (text: string, kind: DatabaseKind = 'postgres'): readonly string[] => {
  try {
    read(text, kind)
    return []
  } catch (error) {
    if (!YamaError.is(error)) throw error
    return (error.data as Diagnostic[]).map(({ code, position }) => `${code} ${position?.file}:${position?.line}:${position?.column}`)
  }
}

const full = `-- id: m_3F7K9Q2XWB
-- parents: m_01J8ZC4T6B@5e1f90c2aa01bd37, 001_first
-- description: Create users
-- author: Ada Example <ada@example.org>
-- ticket: IDN-12
-- state: pg15:s1:9f2c -> pg15:s1:77ab
-- phase: contract
-- transaction: none
-- reversibility: lossy
-- applies-to: tier = 'enterprise'
-- requires: [billing:m_1, crm:m_2]
-- x-reviewer: Grace

-- +migrate Up
CREATE TABLE users (id int);
CREATE INDEX CONCURRENTLY i ON users (id);

-- +migrate Down
DROP TABLE users;
`

describe('a SQL migration', () => {
  test('with a header', () => {
    const migration = read(full)
    expect(migration).toMatchObject({
      id: 'm_3F7K9Q2XWB',
      name: '001_x',
      version: '001',
      file: 'migrations/001_x.sql',
      kind: 'sql',
      headerless: false,
      parents: [{ id: 'm_01J8ZC4T6B', link: '5e1f90c2aa01bd37' }, { id: '001_first' }],
      metadata: {
        description: 'Create users',
        author: 'Ada Example <ada@example.org>',
        ticket: 'IDN-12',
        other: { 'x-reviewer': 'Grace' },
      },
      state: { before: 'pg15:s1:9f2c', after: 'pg15:s1:77ab' },
      phase: 'contract',
      transaction: { up: 'none', down: 'none' },
      reversibility: 'lossy',
      appliesTo: "tier = 'enterprise'",
      requires: ['billing:m_1', 'crm:m_2'],
      body: full,
      downBody: 'DROP TABLE users;\n',
    })
    expect(migration.up).toEqual([
      {
        kind: 'sql',
        text: 'CREATE TABLE users (id int)',
        transaction: 'any',
        position: { file: 'migrations/001_x.sql', line: 15, column: 1 },
      },
      {
        kind: 'sql',
        text: 'CREATE INDEX CONCURRENTLY i ON users (id)',
        transaction: 'none',
        position: { file: 'migrations/001_x.sql', line: 16, column: 1 },
      },
    ])
    expect(Object.isFrozen(migration)).toBe(true)
  })

  test('without anything: the stem is the id, comments are comments', () => {
    expect(read('-- Phase: 2 of 3\n-- id\n-- Note: x\nSELECT 1;\n')).toMatchObject({
      id: '001_x',
      headerless: true,
      parents: [],
      phase: 'expand',
      metadata: { other: {} },
      transaction: { up: 'auto', down: 'auto' },
    })
    expect(read('-- transaction: none\n-- phase: migrate\nSELECT 1')).toMatchObject({ phase: 'migrate', transaction: { up: 'none' } })
    expect(read('SELECT 1').down).toBeUndefined()
  })

  test('metadata after the marker, markers of three tools, statement blocks', () => {
    expect(
      read('-- +migrate Up\n-- Description: Add x\n-- Author: A\n-- Date: 2024-01-15\n\nSELECT 1;\n-- +migrate Down\nSELECT 2;').metadata,
    ).toEqual({ description: 'Add x', author: 'A', date: '2024-01-15', other: {} })
    for (const text of [
      '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;',
      '-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;',
      '-- +migrate Up\r\nSELECT 1;\r\n-- +migrate Down\r\nSELECT 2;\r\n',
    ]) {
      expect([sql(read(text).up), sql(read(text).down)]).toEqual([['SELECT 1'], ['SELECT 2']])
    }
    expect(read('-- +migrate Up notransaction\nSELECT 1;\n-- +migrate Down\nSELECT 2;').transaction).toEqual({ up: 'none', down: 'auto' })
    expect(read('-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;').transaction).toEqual({ up: 'none', down: 'none' })
    expect(read('-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\nSELECT 2;').transaction).toEqual({ up: 'none', down: 'auto' })
    expect(
      sql(read('-- +migrate Up\nSELECT 1;\n-- +migrate StatementBegin\nSELECT 2; SELECT 3;\n-- +migrate StatementEnd\nSELECT 4;').up),
    ).toEqual(['SELECT 1', 'SELECT 2; SELECT 3;', 'SELECT 4'])
  })

  test('a rollback in comments is kept', () => {
    expect(read('ALTER TABLE t ADD a int;\n-- Rollback:\n-- ALTER TABLE t\n--   DROP a;\n').metadata.commentedRollback).toBe(
      'ALTER TABLE t\n  DROP a;',
    )
    expect(read('-- Rollback: DROP TABLE t;\nCREATE TABLE t (a int);').metadata.commentedRollback).toBe('DROP TABLE t;')
  })

  test('the semantic hash ignores comments and formatting, and nothing else', () => {
    const { semanticHash, rawHash } = read(full)
    const cosmetic = read(
      `\ufeff${full.replace('(id int)', '( id  int ) /* x */').replace('Create users', 'Make users').replaceAll('\n', '\r\n')}`,
    )
    expect(cosmetic.semanticHash).toBe(semanticHash)
    expect(cosmetic.rawHash).not.toBe(rawHash)
    for (const [from, to] of [
      ['(id int)', '(id text)'],
      ['contract', 'migrate'],
      ['transaction: none', 'transaction: auto'],
      ["'enterprise'", "'free'"],
      ['crm:m_2', 'crm:m_3'],
      ['DROP TABLE users', 'DROP TABLE user'],
    ] as const) {
      expect(read(full.replace(from, to)).semanticHash, to).not.toBe(semanticHash)
    }
  })

  test('BEGIN and COMMIT: a pair is left out, in a file without transaction it keeps its meaning, the rest is refused', () => {
    expect(sql(read('BEGIN; SELECT 1; COMMIT;').up)).toEqual(['SELECT 1'])
    const mixed = read('-- transaction: none\nSELECT 0; BEGIN; SELECT 1; SELECT 2; COMMIT; SELECT 3;')
    expect(mixed.transaction.up).toBe('auto')
    expect(mixed.up.map((step) => step.kind === 'sql' && step.transaction)).toEqual(['none', 'any', 'any', 'none'])
    const drizzle = read('SELECT 1; COMMIT TRANSACTION; PRAGMA foreign_keys=OFF; BEGIN TRANSACTION; SELECT 2;', 'sqlite')
    expect(drizzle.up.map((step) => step.kind === 'sql' && step.transaction)).toEqual(['any', 'none', 'any'])
    for (const text of [
      'SELECT 1; ROLLBACK;',
      'BEGIN; SELECT 1;',
      'SELECT 1; COMMIT; SELECT 2;',
      'BEGIN; BEGIN; SELECT 1; COMMIT;',
      'BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT;',
      'COMMIT AND CHAIN',
    ]) {
      expect(problems(text)[0], text).toMatch(/^YAMA_SOURCE_TRANSACTION /)
    }
  })
})

test('what is wrong is refused with its place, everything in one go', () => {
  const cases: readonly [text: string, expected: readonly string[]][] = [
    ['', ['YAMA_SOURCE_EMPTY migrations/001_x.sql:1:1']],
    ['-- Description: x\n', ['YAMA_SOURCE_EMPTY migrations/001_x.sql:1:1']],
    ['-- +migrate Up\n-- +migrate Down\n-- cannot be undone', ['YAMA_SOURCE_EMPTY migrations/001_x.sql:1:1']],
    ['-- +migrate Up\n-- +migrate Down\nSELECT 1;', ['YAMA_SOURCE_EMPTY migrations/001_x.sql:1:1']],
    ['-- id: a\n-- parents: none\n-- +migrate Up\n', ['YAMA_SOURCE_EMPTY migrations/001_x.sql:1:1']],
    ['-- parents: a\nSELECT 1;', ['YAMA_SOURCE_HEADER_ID migrations/001_x.sql:1:4']],
    ['-- id: a\n-- transation: none\nSELECT 1;', ['YAMA_SOURCE_HEADER_KEY migrations/001_x.sql:2:4']],
    [
      '-- id: a\n-- phase: later\n-- parents: b@12\n-- state: x\nSELECT 1;',
      [
        'YAMA_SOURCE_HEADER_VALUE migrations/001_x.sql:2:4',
        'YAMA_SOURCE_HEADER_VALUE migrations/001_x.sql:3:4',
        'YAMA_SOURCE_HEADER_VALUE migrations/001_x.sql:4:4',
      ],
    ],
    ['-- id: a\n-- id: b\nSELECT 1;', ['YAMA_SOURCE_HEADER_VALUE migrations/001_x.sql:2:4']],
    ['-- +migrate Upp\nSELECT 1;', ['YAMA_SOURCE_MARKER migrations/001_x.sql:1:1']],
    [
      '-- +migrate Down\nSELECT 1;\n-- +migrate Up\nSELECT 2;',
      ['YAMA_SOURCE_MARKER migrations/001_x.sql:1:1', 'YAMA_SOURCE_MARKER migrations/001_x.sql:3:1'],
    ],
    ['-- +migrate Up\nSELECT 1;\n-- +migrate Up\nSELECT 2;', ['YAMA_SOURCE_MARKER migrations/001_x.sql:3:1']],
    ['-- +migrate Up\n-- +migrate StatementBegin\nSELECT 1;', ['YAMA_SOURCE_MARKER migrations/001_x.sql:2:1']],
    ['-- +migrate Up\nSELECT 1;\n-- +migrate StatementEnd', ['YAMA_SOURCE_MARKER migrations/001_x.sql:3:1']],
    ['-- +goose ENVSUB ON\n-- +goose Up\nSELECT 1;', ['YAMA_SOURCE_MARKER migrations/001_x.sql:1:1']],
    ['SELECT 0;\n-- +migrate Up\nSELECT 1;', ['YAMA_SOURCE_OUTSIDE migrations/001_x.sql:1:1']],
    [
      "-- +migrate Up\nSELECT 1;\n\n  SELECT 'a;\n-- +migrate Down\nSELECT $$;",
      ['YAMA_SQL_UNTERMINATED migrations/001_x.sql:4:10', 'YAMA_SQL_UNTERMINATED migrations/001_x.sql:6:8'],
    ],
    ['SELECT 1;\n\\i other.sql\n', ['YAMA_SQL_PSQL_COMMAND migrations/001_x.sql:2:1']],
  ]
  for (const [text, expected] of cases) expect(problems(text), text).toEqual(expected)
  expect(() => read('-- id: a\n-- transation: none\nSELECT 1;')).toThrow(/Did you mean `transaction`\?/)
})

test.each([
  '-- Down',
  '-- yama:down',
  '-- Down Migration',
  '  -- +migrate Down',
  '-- Migrate:Down',
  '-------- DOWN --------',
  '-- //@UNDO',
  '---- create above / drop below ----',
  '-- Rollback:',
])('what goes down below %s does not go up', (marker) => {
  expect(problems(`CREATE TABLE a (id int);\n\n${marker}\nDROP TABLE a;`)).toEqual(['YAMA_SOURCE_MARKER migrations/001_x.sql:3:1'])
  expect(problems(`-- +migrate Up\nCREATE TABLE a (id int);\n${marker}\nDROP TABLE a;`)).toHaveLength(1)
})

test.each([
  "SELECT 'a\n-- down\nb';\nSELECT 2;",
  'SELECT 1;\n-- Down',
  'SELECT 1,\n-- down\n2;\nSELECT 2;',
  'SELECT 1;\n-- goes down\nSELECT 2;',
  'SELECT 1;\n-- Rollback:\n-- SELECT 3;\nSELECT 2;',
  '-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 2;\n-- down\nSELECT 3;',
])('what only looks like a marker is a comment', (text) => {
  expect(problems(text)).toEqual([])
})

test('what is written is read back', () => {
  const id = newMigrationId()
  expect(id).toMatch(/^m_[0-9A-HJKMNP-TV-Z]{10}$/)
  const text = writeMigration({
    id,
    parents: [{ id: 'm_A', link: '0123456789abcdef' }],
    metadata: { description: 'Two\nlines', other: { 'x-a': 'b' } },
    phase: 'expand',
    reversibility: 'lossless',
    state: { before: 'pg15:s1:a', after: 'pg15:s1:b' },
    requires: ['b:m_1'],
    appliesTo: 'a = 1',
    transaction: 'none',
    up: [{ text: 'CREATE TABLE t (a int)', comment: 'table t' }, { text: 'SELECT 1' }],
    down: [{ text: 'DROP TABLE t' }],
    downComment: 'loses rows',
  })
  expect(read(text)).toMatchObject({
    id,
    parents: [{ id: 'm_A', link: '0123456789abcdef' }],
    headerless: false,
    metadata: { description: 'Two lines', other: { 'x-a': 'b' } },
    phase: 'expand',
    reversibility: 'lossless',
    state: { before: 'pg15:s1:a', after: 'pg15:s1:b' },
    requires: ['b:m_1'],
    appliesTo: 'a = 1',
    transaction: { up: 'none', down: 'none' },
    up: [{ text: 'CREATE TABLE t (a int)' }, { text: 'SELECT 1' }],
    down: [{ text: 'DROP TABLE t' }],
  })
  expect(read(writeMigration({ id, parents: [], up: [{ text: 'SELECT 1' }] }))).toMatchObject({ parents: [], headerless: false })
})

test('the next name', () => {
  const now = new Date('2026-11-20T09:30:00.500Z')
  const next = (existing: readonly string[], numbering?: 'timestamp' | 'sequential'): string =>
    nextMigrationName({ existing, action: 'Add Ünïcode — users!', now, ...(numbering === undefined ? {} : { numbering }) })
  expect(next([])).toBe('20261120093000_add_unicode_users')
  expect(next(['20261120093000_x'])).toBe('20261120093001_add_unicode_users')
  expect(next([], 'sequential')).toMatch(/^001_/)
  expect(next(['001_a', '002_b', '003_c', '022_d', '999_e'])).toMatch(/^023_/)
  expect(next(['001_a', '999_e'])).toMatch(/^002_/)
  expect(next(['0001_a.up.sql', '0009_b.up.sql'])).toMatch(/^0010_/)
  expect(next(['1_a', '9_b', '10_c'])).toMatch(/^11_/)
  expect(next(['998_a', '999_b'])).toMatch(/^1000_/)
  expect(nextMigrationName({ existing: [], action: '***', now })).toBe('20261120093000_migration')
})

test('a Down section that says there is nothing to undo is a way back; one without a word is none', () => {
  const down = (remark: string): unknown => read(`-- id: m_1\n-- +migrate Up\nSELECT 1;\n-- +migrate Down\n${remark}\n`).down
  expect(down('-- Nothing to undo here: the last part brings everything back.')).toEqual([])
  expect(down('')).toBeUndefined()
  expect(down('-- There is no way back: a step of Up cannot be undone.')).toBeUndefined()
})
