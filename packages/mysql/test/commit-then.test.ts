import { randomUUID } from 'node:crypto'
import { createYama, isBatchFailure, verifyChain, type Command } from '@yama/core'
import { faultDialect, memorySource, sqlMigration } from '@yama/testkit/faults'
import { beforeEach, describe, expect, it } from 'vitest'
import { dialectOf, servers } from './runtime-database.ts'
import { sessionIn } from './session-in.ts'

const NAME = 'yama_rt_then'

describe.each(servers)('a transaction and a statement that commits by itself in one exchange on $name', ({ url }) => {
  const opened = sessionIn(url, NAME, 'CREATE TABLE t (id INT PRIMARY KEY)')

  beforeEach(async () => {
    await opened.connection.execute('DELETE FROM t')
    await opened.connection.execute('DROP TABLE IF EXISTS a, b, yama_x')
  })
  const commands = (...statements: readonly string[]): readonly Command[] => statements.map((sql) => ({ sql }))
  const tables = async (): Promise<string> =>
    (
      await opened.connection.execute(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${NAME}' AND table_name IN ('a', 'b') ORDER BY name`,
      )
    ).rows
      .map((row) => String(row['name']))
      .join()
  const send = async (statements: readonly string[], statement: string, ahead: readonly string[] = []) => {
    const sent = opened.connection.commitThen?.(commands(...statements), statement, { ahead })
    const outcome = await sent?.then(
      (answer) => (answer === undefined ? 'nothing was run' : 'done'),
      (error: unknown) => {
        if (!isBatchFailure(error)) throw error
        const { kind, offset } = opened.dialect.describeFailure(error.cause)
        return [error.index, kind, offset]
      },
    )
    const ids = (await opened.connection.execute('SELECT id FROM t ORDER BY id')).rows.map((row) => row['id'])
    // Whatever happened, the session is in no transaction.
    await using other = await opened.dialect.connect()
    expect((await other.execute('SELECT id FROM t ORDER BY id')).rows.map((row) => row['id'])).toEqual(ids)
    return { outcome, ids, tables: await tables() }
  }
  const one = 'INSERT INTO t VALUES (1)'

  it('runs both', async () => {
    expect(await send([one, '-- nothing', 'SELECT 1'], 'CREATE TABLE a (id INT) -- so')).toEqual({ outcome: 'done', ids: [1], tables: 'a' })
  })

  it('says how many rows the statement wrote', async () => {
    const answer = await opened.connection.commitThen?.(commands(one), 'CREATE TABLE a AS SELECT 1 AS x UNION SELECT 2', {})
    expect(answer?.affected).toBe(2)
  })

  it.each<[string, readonly string[], string, readonly unknown[], readonly number[]]>([
    ['a command', [one, one], 'CREATE TABLE a (id INT)', [1, 'constraint', undefined], []],
    ['the text of the statement', [one], 'CREATE TABLE a SELECT 1 FORM t', [2, 'syntax', 29], [1]],
    ['the statement', [one], 'DROP TABLE a', [2, 'missing', undefined], [1]],
  ])('stops at the first that fails: %s', async (_, statements, statement, outcome, ids) => {
    expect(await send(statements, statement)).toEqual({ outcome, ids, tables: '' })
  })

  it.each([
    ['a procedure', 'CREATE PROCEDURE p() SELECT 1'],
    ['rows', 'INSERT INTO t VALUES (7)'],
    ['two statements', 'CREATE TABLE a (id INT); CREATE TABLE b (id INT)'],
    ['a terminator', 'CREATE TABLE a (id INT);'],
    ['how texts are read', "SET sql_mode = 'ANSI_QUOTES'"],
  ])('runs nothing where the statement may not go with others: %s', async (_, statement) => {
    expect(await send([one], statement)).toEqual({ outcome: 'nothing was run', ids: [], tables: '' })
  })

  it('asks for the objects of what comes next with it, and a statement in between makes the answer void', async () => {
    const { probe } = opened.dialect
    const next = 'ALTER TABLE a ADD x INT'
    await send([], 'CREATE TABLE a (id INT)', [next])
    const told = await probe?.expect(opened.connection, next)
    expect(told).toEqual(await probe?.expect(opened.connection, next))
    expect(told?.before['table a']).toContain('`id`')
    await opened.connection.batch(commands('SELECT 1'), { transaction: true, ahead: ['CREATE TABLE b (id INT)'] })
    await opened.connection.execute('CREATE TABLE b (id INT)')
    expect((await probe?.expect(opened.connection, 'CREATE TABLE b (id INT)'))?.before['table b']).toContain('`id`')
  })

  it('sends a migration of definitions with one exchange for each statement and one for its end', async () => {
    const kinds: string[] = []
    const migrations = ['a', 'b'].map((name) =>
      sqlMigration({ id: name, up: [`CREATE TABLE ${name} (id INT)`, `CREATE INDEX ${name}_i ON ${name} (id)`] }),
    )
    const watched = faultDialect(dialectOf(new URL(`/${NAME}`, url).href), new Set(), ({ kind, phase }) => {
      if (phase === 'before') kinds.push(kind)
    })
    // Of its own, so that a second attempt at this test begins with nothing too.
    await using yama = createYama({ dialect: watched, project: randomUUID(), sources: [memorySource(migrations)] })
    await yama.apply(await yama.plan({ up: 'latest' }))
    const from = kinds.indexOf('alone')
    expect(kinds.slice(from, from + 6)).toEqual(['alone', 'alone', 'end', 'alone', 'alone', 'end'])
    expect(await tables()).toBe('a,b')
    expect(verifyChain(await yama.history())).toBeUndefined()
  })

  it('says of a statement that failed where it stands, and that nothing of it is left', async () => {
    const migrations = [sqlMigration({ id: '1', up: ['CREATE TABLE a (id INT)', 'ALTER TABLE a ADD COLUMN id INT'] })]
    await using yama = createYama({
      dialect: dialectOf(new URL(`/${NAME}`, url).href),
      project: 'failing',
      sources: [memorySource(migrations)],
    })
    const failure: unknown = await yama.apply(await yama.plan({ up: 'latest' })).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'YAMA_MIGRATION_PARTIAL', position: { line: 2 } })
    expect((await yama.status()).history.openSteps).toEqual([])
    expect(await yama.open()).toMatchObject([{ done: 1, total: 2 }])
  })
})
