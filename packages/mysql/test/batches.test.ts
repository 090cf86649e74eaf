import { createYama, isBatchFailure, verifyChain, type Command, type EventRow, type RunEvent } from '@yama/core'
import { memorySource, sqlMigration } from '@yama/testkit/faults'
import { beforeEach, describe, expect, it } from 'vitest'
import { administer, servers } from './runtime-database.ts'
import { sessionIn } from './session-in.ts'

const NAME = 'yama_rt_batches'
const COUNT = 20
const idOf = (index: number): string => String(index + 1).padStart(3, '0')

describe.each(servers)('several transactions in one exchange on $name', ({ url }) => {
  const opened = sessionIn(
    url,
    NAME,
    'CREATE TABLE t (id INT PRIMARY KEY, n INT)',
    'CREATE TABLE unsafe (id INT PRIMARY KEY, n INT) ENGINE = MyISAM',
    'CREATE PROCEDURE p() BEGIN INSERT INTO t VALUES (100, 0); SELECT 1; END',
  )
  beforeEach(async () => {
    await opened.connection.execute('DELETE FROM t')
  })

  const insert = (id: number): string => `INSERT INTO t VALUES (${String(id)}, 0)`
  const ids = async (): Promise<string> =>
    (await opened.connection.execute('SELECT id FROM t ORDER BY id')).rows.map((row) => String(row['id'])).join()
  const send = async (...transactions: readonly (readonly string[])[]): Promise<unknown> => {
    const commands = transactions.map((statements) => statements.map((sql): Command => ({ sql })))
    const { committed, failure, unread, results } = await opened.connection.batches!(commands)
    return {
      committed,
      failed: isBatchFailure(failure) ? failure.index : failure,
      unread: unread ?? false,
      affected: results?.map((answers) => answers.map(({ affected }) => affected)),
      left: await ids(),
    }
  }

  it('commits each of them, and tells what each command answered', async () => {
    expect(await send([insert(1), '-- nothing', 'SELECT id FROM t'], [insert(2), 'UPDATE t SET n = n + 1'])).toEqual({
      committed: 2,
      failed: undefined,
      unread: false,
      affected: [
        [1, 0, 0],
        [1, 2],
      ],
      left: '1,2',
    })
  })

  it.each<[string, readonly (readonly string[])[], number, number, string]>([
    ['the first', [[insert(1), insert(1)], [insert(2)]], 0, 1, ''],
    ['a later one', [[insert(1)], [insert(2)], [insert(3), 'SELECT 1', insert(3)], [insert(4)]], 2, 2, '1,2'],
    ['the text of the last', [[insert(1)], [insert(2), 'SELEC 1']], 1, 1, '1'],
    ['its first statement', [[insert(1)], ['SELECT nope', insert(2)], [insert(3)]], 1, 0, '1'],
  ])(
    'keeps those before the one that fails, and nothing of it and of those after: %s',
    async (_, transactions, committed, failed, left) => {
      expect(await send(...transactions)).toMatchObject({ committed, failed, left, unread: false })
      // The session is in no transaction any more.
      await opened.connection.execute(insert(50))
      await using other = await opened.dialect.connect()
      expect((await other.execute('SELECT id FROM t WHERE id = 50')).rows).toHaveLength(1)
    },
  )

  it.each([
    ['a procedure, which has answers of its own', 'CALL p()'],
    ['a statement that commits by itself', 'ALTER TABLE t ADD x INT'],
    ['a change of how texts are read', "SET sql_mode = 'ANSI_QUOTES'"],
    ['another setting of the session', 'SET foreign_key_checks = 0'],
  ])('sends nothing at all with %s among them', async (_, statement) => {
    expect(await send([insert(1)], [statement])).toMatchObject({ committed: 0, unread: true, left: '' })
  })

  it('keeps nothing, and says so, where the server undoes everything: a deadlock', async () => {
    for (let id = 1; id <= 20; id++) await opened.connection.execute(insert(id))
    await using other = await opened.dialect.connect()
    await other.execute('START TRANSACTION')
    // The one with fewer changes is undone.
    await other.execute('UPDATE t SET n = 1 WHERE id > 1')
    const sent = send(['UPDATE t SET n = 2 WHERE id = 1'], ['UPDATE t SET n = 2 WHERE id = 20'])
    const waits =
      "SELECT COUNT(*) AS n FROM information_schema.processlist WHERE info LIKE '%WHERE id = 20%' AND info NOT LIKE '%processlist%'"
    await expect.poll(async () => Number((await other.execute(waits)).rows[0]?.['n'])).toBeGreaterThan(0)
    await other.execute('UPDATE t SET n = 1 WHERE id = 1')
    await other.execute('COMMIT')
    expect(await sent).toMatchObject({ committed: 0, unread: true })
    expect((await opened.connection.execute('SELECT MIN(n) AS low, MAX(n) AS high FROM t')).rows).toEqual([{ low: 1, high: 1 }])
    // The session is in no transaction any more.
    await opened.connection.execute(insert(50))
    expect((await other.execute('SELECT id FROM t WHERE id = 50')).rows).toHaveLength(1)
  })

  const rows = (index: number): readonly string[] => [insert(index), `UPDATE t SET n = n + 1 WHERE id <= ${String(index)}`]
  const apply = async (broken: number | undefined, statements: readonly string[]) => {
    await administer(url, ...(await historyTables()).map((table) => `DROP TABLE ${NAME}.${table}`))
    const migrations = Array.from({ length: COUNT }, (_, index) =>
      sqlMigration({ id: idOf(index), up: index === broken ? statements : rows(index) }),
    )
    const events: RunEvent[] = []
    const watcher = { name: 'watcher', api: 1, hooks: { event: (event: RunEvent) => void events.push(event) } } as const
    await using yama = createYama({ dialect: opened.dialect, sources: [memorySource(migrations)], plugins: [watcher] })
    const failure = await yama.apply(await yama.plan({ up: 'latest' })).then(
      () => undefined,
      (error: unknown) => error,
    )
    const history = await yama.history()
    expect(verifyChain(history)).toBeUndefined()
    return { failure, applied: (await yama.status()).applied.map(({ id }) => id), history }
  }
  const historyTables = async (): Promise<readonly string[]> =>
    (
      await opened.connection.execute(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${NAME}' AND table_type = 'BASE TABLE' AND table_name LIKE 'yama\\_%'`,
      )
    ).rows.map((row) => String(row['name']))

  /** What the end of the run says of each migration: its rows stand behind its time. */
  const changed = (history: readonly EventRow[]): unknown => {
    const took = history.at(-1)?.payload['took'] as Readonly<Record<string, readonly [number, number]>>
    return Object.fromEntries(Object.entries(took).map(([id, [, changedRows]]) => [id, changedRows]))
  }

  it('writes how many rows each migration of a group changed', async () => {
    const { failure, history } = await apply(undefined, [])
    expect(failure).toBeUndefined()
    const succeeded = history.filter(({ type }) => type === 'migration.succeeded').map(({ migrationId }) => migrationId)
    expect(succeeded).toEqual(Array.from({ length: COUNT }, (_, index) => idOf(index)))
    expect((await opened.connection.execute('SELECT SUM(n) AS n FROM t')).rows).toEqual([{ n: String((COUNT * (COUNT + 1)) / 2) }])
    expect(changed(history)).toEqual(Object.fromEntries(Array.from({ length: COUNT }, (_, index) => [idOf(index), index + 2])))
  })

  it.each<[string, readonly string[], string, number]>([
    ['a value twice', [insert(1)], 'Duplicate entry', 1],
    ['a text that is no SQL, in the second statement', [insert(900), 'UPDATE t SET n = 1 FORM t'], 'syntax', 2],
  ])('names the migration of a group that fails with %s, its line, and keeps those before it', async (_, statements, reason, line) => {
    const { failure, applied, history } = await apply(13, statements)
    expect(failure).toMatchObject({ code: 'YAMA_MIGRATION_FAILED', details: { id: idOf(13), done: 13 }, position: { line } })
    expect(String(failure)).toContain(reason)
    expect(applied).toEqual(Array.from({ length: 13 }, (__, index) => idOf(index)))
    expect(changed(history)).toEqual(Object.fromEntries(Array.from({ length: 13 }, (__, index) => [idOf(index), index + 2])))
    expect(history.filter(({ type }) => type === 'migration.failed').map(({ migrationId }) => migrationId)).toEqual([idOf(13)])
  })

  it('runs a migration alone that writes to a table which knows no transactions', async () => {
    const { failure, history } = await apply(13, ['INSERT INTO unsafe VALUES (1, 0)', 'INSERT INTO unsafe VALUES (1, 0)'])
    expect(failure).toMatchObject({ code: 'YAMA_MIGRATION_PARTIAL', details: { id: idOf(13), done: 13 } })
    expect(history.filter(({ type }) => type === 'migration.succeeded')).toHaveLength(13)
  })
})
