import { expect, it } from 'vitest'
import { load, run } from '../../test/open-memory.ts'
import { describeFailure } from './failures.ts'

it.each([
  ['ALTER TABLE t ADD COLUMN b TEXT NOT NULL', 'constraint', 'The table has rows'],
  ['CREATE TABLE _yama_new_t (a INT NOT NULL); INSERT INTO _yama_new_t SELECT a FROM t', 'constraint', 'Rows hold NULL'],
  ['SELECT nothing_like_it(1)', 'missing', 'registers this function'],
  ['CREATE TABLE t (a)', 'duplicate', undefined],
  ['CREATE TABLE u (a, a)', 'duplicate', undefined],
  ['SELECT "text"', 'missing', 'single quotes'],
  ['DROP TABLE nowhere', 'missing', undefined],
  ['INSERT INTO t VALUES (1, 2)', 'other', undefined],
  ['SELEC 1', 'syntax', undefined],
] as const)('%s', async (sql, kind, hint) => {
  await using database = await load('CREATE TABLE t (a INT); INSERT INTO t VALUES (NULL)')
  const error: unknown = await run(database, sql).catch((cause: unknown) => cause)
  expect(describeFailure(error)).toMatchObject({ kind, ...(hint === undefined ? {} : { hint: expect.stringContaining(hint) }) })
})
