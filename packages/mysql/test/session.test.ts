import { describe, expect, it } from 'vitest'
import { dialectOf, servers, withPath } from './runtime-database.ts'
import { sessionIn } from './session-in.ts'

const NAME = 'yama_rt_session'

describe.each(servers)('a session on $name', ({ url }) => {
  const opened = sessionIn(url, NAME)

  const value = async (expression: string, ...parameters: readonly unknown[]): Promise<unknown> =>
    (await opened.connection.execute(`SELECT ${expression} AS v`, parameters)).rows[0]?.['v']

  it.each([
    ['a large integer', 'CAST(9223372036854775807 AS SIGNED)', '9223372036854775807'],
    ['an unsigned one', '18446744073709551615', '18446744073709551615'],
    ['a decimal', 'CAST(1.10 AS DECIMAL(30, 20))', '1.10000000000000000000'],
    ['a small number', 'CAST(1.5 AS DOUBLE)', 1.5],
    ['a date', "CAST('2026-11-20' AS DATE)", '2026-11-20'],
    ['a time with a date', "CAST('2026-11-20 09:30:00.123456' AS DATETIME(6))", '2026-11-20 09:30:00.123456'],
    ['bytes', "x'00ff'", Buffer.from([0, 255])],
    ['text beyond the BMP', "'🏔'", '🏔'],
    ['JSON', "JSON_OBJECT('a', 1)", '{"a": 1}'],
    ['nothing', 'NULL', null],
  ])('%s comes as it is', async (_, expression, expected) => {
    expect(await value(expression)).toEqual(expected)
  })

  it.each([['it\'s \\ "so" `x` ? \0 🏔'], ['\\'], [''], [12345678901234567890n]])('%s goes there and back as a parameter', async (given) => {
    expect(await value('?', given)).toBe(String(given))
  })

  it('takes a ? in a string or a comment for what it is, and counts the others', async () => {
    expect(await value("CONCAT('?', ?) /* ? */", 1)).toBe('?1')
    await expect(opened.connection.execute('SELECT ?', [1, 2])).rejects.toMatchObject({ code: 'YAMA_MYSQL_PARAMETER' })
    await expect(opened.connection.execute('SELECT ?, ?', [1])).rejects.toMatchObject({ code: 'YAMA_MYSQL_PARAMETER' })
  })

  it('has settings of its own, whatever the server says', async () => {
    expect(await value("CONCAT(@@time_zone, ' ', @@character_set_client, ' ', @@autocommit + 0, ' ', @@lock_wait_timeout)")).toBe(
      '+00:00 utf8mb4 1 3',
    )
    expect(String(await value('@@sql_mode'))).toContain('STRICT_TRANS_TABLES')
    await using other = await dialectOf(withPath(url, NAME), {
      sqlMode: 'ansi_quotes,NO_ZERO_DATE,NO_BACKSLASH_ESCAPES',
      lockTimeoutMs: 0,
    }).connect()
    const { rows } = await other.execute('SELECT @@sql_mode AS m, @@lock_wait_timeout > 1000 AS w')
    expect(rows.map(({ m, w }) => [m, Number(w)])).toEqual([['NO_ZERO_DATE', 1]])
  })

  it('leaves a text a text also where the configured mode stands for several', async () => {
    for (const sqlMode of ['ANSI', ...(url.startsWith('mariadb:') ? ['oracle', 'POSTGRESQL,NO_ZERO_DATE', 'MSSQL', 'DB2', 'MAXDB'] : [])]) {
      await using other = await dialectOf(withPath(url, NAME), { sqlMode }).connect()
      const { rows } = await other.execute(`SELECT "a" || 'b' AS joined, @@sql_mode AS m`)
      expect(rows[0]).toMatchObject({ joined: 'ab' })
      expect(String(rows[0]?.['m'])).not.toMatch(/ANSI|ORACLE|MSSQL|DB2|MAXDB|POSTGRESQL/)
    }
  })

  it('runs one statement at a time', async () => {
    await opened.connection.execute('CREATE TABLE one (a INT)')
    const grown = "INSERT INTO one VALUES ('1'); DROP TABLE one; -- ')"
    await expect(opened.connection.execute(grown)).rejects.toMatchObject({ code: 'YAMA_MYSQL_SEVERAL_STATEMENTS' })
    expect((await opened.connection.execute("SELECT ';' AS v; ")).rows).toEqual([{ v: ';' }])
    expect((await opened.connection.execute('SELECT COUNT(*) AS n FROM one')).rows).toEqual([{ n: '0' }])
  })

  it('does not take a transaction that a routine ended for one that was committed as a whole', async () => {
    await opened.connection.execute('CREATE TABLE two (a INT)')
    await opened.connection.execute('CREATE PROCEDURE hidden() BEGIN CREATE TABLE three (a INT); END')
    const work = opened.connection.transaction(async () => {
      await opened.connection.execute('INSERT INTO two VALUES (1)')
      await opened.connection.execute('CALL hidden()')
      await opened.connection.execute('INSERT INTO two VALUES (2)')
    })
    await expect(work).rejects.toMatchObject({ code: 'YAMA_MYSQL_TRANSACTION_ENDED' })
    expect((await opened.connection.execute('SELECT a FROM two')).rows).toEqual([{ a: 1 }])
  })

  it('gives the rows of a procedure', async () => {
    await opened.connection.execute('CREATE PROCEDURE rows_of() BEGIN SELECT 1 AS a UNION SELECT 2; END')
    expect((await opened.connection.execute('CALL rows_of()')).rows.map((row) => Number(row['a']))).toEqual([1, 2])
  })

  it('waits for a table no longer than it may, and says so', async () => {
    await opened.connection.execute('CREATE TABLE busy (a INT)')
    await using other = await dialectOf(withPath(url, NAME), { lockTimeoutMs: 1000 }).connect()
    await opened.connection.transaction(async () => {
      await opened.connection.execute('INSERT INTO busy VALUES (1)')
      const started = performance.now()
      const error: unknown = await other.execute('ALTER TABLE busy ADD b INT').catch((thrown: unknown) => thrown)
      expect(opened.dialect.describeFailure(error)).toMatchObject({ kind: 'lock-timeout', code: 'ER_LOCK_WAIT_TIMEOUT' })
      expect(performance.now() - started).toBeLessThan(5000)
    })
  })

  it('knows a connection that is gone', async () => {
    await using dying = await opened.dialect.connect()
    const { rows } = await dying.execute('SELECT CONNECTION_ID() AS id')
    const running = dying.execute('SELECT SLEEP(10)').catch((thrown: unknown) => thrown)
    await opened.connection.execute('DO SLEEP(0.1)')
    await opened.connection.execute(`KILL ${String(rows[0]?.['id'])}`)
    expect(opened.dialect.describeFailure(await running).kind).toBe('disconnected')
    const next: unknown = await dying.execute('SELECT 1').catch((thrown: unknown) => thrown)
    expect(opened.dialect.describeFailure(next).kind).toBe('disconnected')
  })

  it('is closed once and for all', async () => {
    const closing = await opened.dialect.connect()
    await closing[Symbol.asyncDispose]()
    await closing[Symbol.asyncDispose]()
    await expect(closing.execute('SELECT 1')).rejects.toMatchObject({ code: 'YAMA_MYSQL_CLOSED' })
  })
})
