import { isBatchFailure, type Command } from '@yama/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { servers } from './runtime-database.ts'
import { sessionIn } from './session-in.ts'

const NAME = 'yama_rt_batch'

describe.each(servers)('a batch on $name', ({ url }) => {
  const opened = sessionIn(
    url,
    NAME,
    'CREATE TABLE t (id INT PRIMARY KEY, note LONGTEXT)',
    'CREATE PROCEDURE p() BEGIN INSERT INTO t VALUES (100, NULL); SELECT 1; END',
  )
  beforeEach(async () => {
    await opened.connection.execute('DELETE FROM t')
  })

  const count = async (): Promise<number> => Number((await opened.connection.execute('SELECT COUNT(*) AS n FROM t')).rows[0]?.['n'])
  const failure = async (...commands: readonly (string | Command)[]): Promise<Record<string, unknown>> => {
    const list = commands.map((command) => (typeof command === 'string' ? { sql: command } : command))
    const error: unknown = await opened.connection.batch(list, { transaction: true }).catch((thrown: unknown) => thrown)
    if (!isBatchFailure(error)) throw error
    const { code = '', offset } = opened.dialect.describeFailure(error.cause)
    expect(await count()).toBe(0)
    return { index: error.index, code, offset }
  }
  const ok = 'INSERT INTO t (id) VALUES (1)'
  const typo = 'ER_PARSE_ERROR'

  it.each<[string, readonly (string | Command)[], number, string, number | undefined]>([
    ['a syntax error', [ok, 'SELECT 1', 'SELECT 1 FORM t', ok], 2, typo, 14],
    ['a syntax error after rows', ['SELECT 1', ok, 'SELEC 1'], 2, typo, 0],
    ['a syntax error at the end', [ok, 'SELECT 1 FROM'], 1, typo, 13],
    ['a syntax error in a later line', [ok, 'SELECT 1,\n  2\nFORM t FORM'], 1, typo, 19],
    ['a missing column', [ok, 'SELECT nope FROM t'], 1, 'ER_BAD_FIELD_ERROR', undefined],
    ['a value twice', [ok, 'SELECT 1', ok], 2, 'ER_DUP_ENTRY', undefined],
    ['an error in the first command', ['SELECT nope', ok], 0, 'ER_BAD_FIELD_ERROR', undefined],
    ['a command that ends in a comment', [ok, 'SELECT 1 -- one', 'SELECT 1 # two', 'SELECT nope'], 3, 'ER_BAD_FIELD_ERROR', undefined],
    ['empty commands are nobody', ['-- nothing', ok, '/* a; b */', ' ', 'SELECT nope'], 4, 'ER_BAD_FIELD_ERROR', undefined],
    ['a procedure in between, with answers of its own', [ok, 'CALL p()', 'SELECT 1', 'SELECT nope'], 3, 'ER_BAD_FIELD_ERROR', undefined],
    ['DDL, which would commit the rest', [ok, 'ALTER TABLE t ADD x INT', ok], 1, 'YAMA_MYSQL_IMPLICIT_COMMIT', undefined],
    ['DDL in a conditional comment', [ok, '/*!50000 ALTER TABLE t ADD x INT */'], 1, 'YAMA_MYSQL_IMPLICIT_COMMIT', undefined],
    [
      'parameters',
      [
        { sql: 'INSERT INTO t (id, note) VALUES (?, ?)', parameters: [1, "it's \\ ?"] },
        { sql: 'INSERT INTO t (id) VALUES (?)', parameters: [1] },
      ],
      1,
      'ER_DUP_ENTRY',
      undefined,
    ],
  ])('%s', async (_, commands, index, code, offset) => {
    expect(await failure(...commands)).toEqual({ index, code, offset })
  })

  it('gives each command its answer, empty ones none', async () => {
    const commands = ['-- nothing', ok, 'SELECT id FROM t', 'CALL p()', 'UPDATE t SET note = 1', ''].map((sql) => ({ sql }))
    const results = await opened.connection.batch(commands, { transaction: true })
    expect(results.map(({ rows, affected }) => [rows.length, affected])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 0],
      [0, 2],
      [0, 0],
    ])
    expect(await opened.connection.batch([{ sql: '-- nothing' }], { transaction: true })).toHaveLength(1)
  })

  it('reads every text by itself once a statement has changed how texts are read', async () => {
    await using own = await opened.dialect.connect()
    await own.batch([{ sql: "/*!40101 SET sql_mode = 'NO_BACKSLASH_ESCAPES' */" }], { transaction: false })
    const history = opened.dialect.createHistory(own, { project: 'default' })
    await history.ensure()
    await own.batch(history.encode([{ write: 'meta', key: 'k', value: "a\\' \\" }]), { transaction: true })
    expect((await own.execute("SELECT value FROM yama_meta WHERE `key` = 'k'")).rows).toEqual([{ value: "a\\' \\" }])
    await expect(own.batch([{ sql: ok }, { sql: 'SELEC 1' }], { transaction: true })).rejects.toMatchObject({ index: 1 })
    expect(await count()).toBe(0)
  })

  it('sends what is longer than one packet in pieces', async () => {
    const note = 'x'.repeat(3_000_000)
    const commands = [1, 2, 3].map((id) => ({ sql: 'INSERT INTO t VALUES (?, ?)', parameters: [id, note] }))
    await opened.connection.batch(commands, { transaction: true })
    expect((await opened.connection.execute('SELECT SUM(LENGTH(note)) AS n FROM t')).rows).toEqual([{ n: '9000000' }])
  })
})
