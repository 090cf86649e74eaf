import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createYama, isBatchFailure, type Command, type Connection } from '@yama/core'
import { sqlite } from '@yama/sqlite'
import { memorySource, sqlMigration } from '@yama/testkit/faults'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'

const directory = mkdtempSync(join(tmpdir(), 'yama-batches-'))
const file = join(directory, 'app.db')

describe('several transactions in one write of the file', () => {
  let connection: Connection

  beforeEach(async () => {
    connection = await sqlite({ file }).connect()
    await connection.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t)')
  })
  afterEach(async () => {
    await connection[Symbol.asyncDispose]()
    rmSync(file)
  })

  afterAll(() => rmSync(directory, { recursive: true }))

  const insert = (id: number): string => `INSERT INTO t (id) VALUES (${String(id)})`
  /** How often the file was written: https://sqlite.org/fileformat.html#file_change_counter */
  const writes = (): number => readFileSync(file).readUInt32BE(24)
  const send = async (...transactions: readonly (readonly string[])[]): Promise<unknown> => {
    const before = writes()
    const commands = transactions.map((statements) => statements.map((sql): Command => ({ sql })))
    const { committed, failure, unread = false, results } = await connection.batches!(commands)
    const { rows } = await connection.execute('SELECT id FROM t ORDER BY id')
    return {
      committed,
      unread,
      failed: isBatchFailure(failure) ? failure.index : undefined,
      affected: results?.map((answers) => answers.map(({ affected }) => affected)),
      left: rows.map(({ id }) => id),
      writes: writes() - before,
    }
  }

  it('writes the file once, and tells what each command answered', async () => {
    expect(await send([insert(1), 'CREATE TABLE u (a)'], [insert(2), 'UPDATE t SET up = 1'])).toEqual({
      committed: 2,
      unread: false,
      failed: undefined,
      affected: [
        [1, 0],
        [1, 2],
      ],
      left: [1, 2],
      writes: 1,
    })
  })

  it.each<[string, readonly (readonly string[])[], number, number, readonly number[]]>([
    ['the first', [[insert(1), insert(1)], [insert(2)]], 0, 1, []],
    ['a later one', [[insert(1)], [insert(2)], [insert(3), 'SELECT 1', insert(3)], [insert(4)]], 2, 2, [1, 2]],
    ['a text that is no SQL', [[insert(1)], [insert(2), 'SELEC 1']], 1, 1, [1]],
    ['a row without its parent', [[insert(1)], ['INSERT INTO t VALUES (2, 99)']], 1, 0, [1]],
  ])(
    'keeps those before the one that fails, and nothing of it and of those after: %s',
    async (_, transactions, committed, failed, left) => {
      expect(await send(...transactions)).toMatchObject({ committed, failed, left, unread: false })
    },
  )

  it.each([
    ['a table that goes', 'DROP TABLE IF EXISTS nothing'],
    ['a table that goes, behind a remark', 'DROP /* the old */ -- one\n TABLE IF EXISTS nothing'],
    ['a pragma', 'PRAGMA user_version = 3'],
    ['keys that wait for the end', 'CREATE TABLE c (id INTEGER REFERENCES t DEFERRABLE INITIALLY DEFERRED)'],
  ])('runs nothing with %s among them', async (_, statement) => {
    expect(await send([insert(1)], [statement])).toMatchObject({ committed: 0, unread: true, left: [], writes: 0 })
  })

  it('lets no later transaction mend a key that waits for the end', async () => {
    await connection.execute('CREATE TABLE c (id INTEGER REFERENCES t DEFERRABLE INITIALLY DEFERRED)')
    expect(await send(['INSERT INTO c VALUES (7)'], [insert(7)])).toMatchObject({ committed: 0, unread: true, left: [] })
  })

  it('runs nothing where one of them undoes everything', async () => {
    await connection.execute("CREATE TRIGGER no BEFORE INSERT ON t WHEN NEW.id = 2 BEGIN SELECT RAISE(ROLLBACK, 'no'); END")
    expect(await send([insert(1)], [insert(2)])).toMatchObject({ committed: 0, unread: true, left: [] })
    expect((await connection.execute(insert(3))).affected).toBe(1)
  })

  it('keeps a run of many migrations in few writes, with its history', async () => {
    const dialect = sqlite({ file })
    const migrations = Array.from({ length: 200 }, (_, at) =>
      sqlMigration({
        id: String(at).padStart(4, '0'),
        up: [`INSERT INTO t (id) VALUES (${String(at)})`, `UPDATE t SET up = id WHERE id = ${String(at)}`],
      }),
    )
    await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
    const plan = await yama.plan({ up: 'latest' })
    const before = writes()
    expect((await yama.apply(plan)).applied).toHaveLength(200)
    // The tables of the history, the lock, and the two ends of the run are among them.
    expect(writes() - before).toBeLessThan(60)
  })
})
