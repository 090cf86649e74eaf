import { expect, it } from 'vitest'
import { describeStatement } from './describe-statement.ts'

it.each([
  ['-- c\nCREATE TABLE IF NOT EXISTS "a b" (x)', { verb: 'CREATE TABLE', object: '"a b"', class: 'ddl', loss: 'none' }],
  ['drop table users', { verb: 'DROP TABLE', object: 'users', class: 'ddl', loss: 'certain', loses: 'table users with its rows' }],
  ['DROP TABLE users /* yama:rebuilt */', { verb: 'DROP TABLE', loss: 'none', rewrites: true }],
  [
    'DROP TABLE users /* yama:rebuilt loses column a of users with its values */',
    { loss: 'certain', loses: 'column a of users with its values' },
  ],
  [
    'DROP TABLE users /* yama:rebuilt may lose the exact form of a: TEXT is stored as INTEGER */',
    { loss: 'possible', loses: 'the exact form of a: TEXT is stored as INTEGER' },
  ],
  [
    'ALTER TABLE users DROP COLUMN age',
    { verb: 'ALTER TABLE … DROP COLUMN', object: 'users', loss: 'certain', loses: 'column age of users' },
  ],
  ['ALTER TABLE users ADD age INT', { verb: 'ALTER TABLE … ADD', loss: 'none' }],
  ['ALTER TABLE users RENAME COLUMN a TO b', { verb: 'ALTER TABLE … RENAME', loss: 'none' }],
  ['DELETE FROM users', { verb: 'DELETE', class: 'dml', loss: 'certain', loses: 'every row of users' }],
  ['WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x', { class: 'dml', loss: 'none' }],
  ['SELECT 1', { class: 'query', loss: 'none' }],
  ['PRAGMA foreign_keys = OFF', { class: 'control', loss: 'none' }],
  ['VACUUM', { class: 'ddl', rewrites: true }],
  ['CREATE UNIQUE INDEX i ON t (a)', { verb: 'CREATE', object: 'i', class: 'ddl' }],
])('%s', (sql, effect) => {
  expect(describeStatement(sql)).toMatchObject(effect)
})
