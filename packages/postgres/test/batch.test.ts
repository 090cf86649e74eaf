import { isBatchFailure, type Command, type Connection } from '@yama/core'
import { pglite, postgres } from '@yama/postgres'
import { postgresTargets } from '@yama/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { administer, withPath } from './runtime-database.ts'

const NAME = 'yama_rt_batch'

describe.each(await postgresTargets())('a batch on $name', ({ url, driver }) => {
  let connection: Connection
  const dialect = driver === 'pglite' ? pglite() : postgres({ url: withPath(url, NAME) })

  beforeAll(async () => {
    if (driver === 'pg') await administer(url, `DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`, `CREATE DATABASE ${NAME}`)
    connection = await dialect.connect()
  })
  afterAll(async () => {
    await connection[Symbol.asyncDispose]()
    if (driver === 'pg') await administer(url, `DROP DATABASE ${NAME} WITH (FORCE)`)
  })
  beforeEach(async () => {
    await connection.execute('DROP TABLE IF EXISTS t CASCADE')
    await connection.execute('CREATE TABLE t (id integer PRIMARY KEY, note text, up integer REFERENCES t DEFERRABLE INITIALLY DEFERRED)')
  })

  const failure = async (
    ...commands: readonly (string | Command)[]
  ): Promise<{ readonly index: number; readonly code: string; readonly offset: number | undefined }> => {
    const error: unknown = await connection
      .batch(
        commands.map((command) => (typeof command === 'string' ? { sql: command } : command)),
        { transaction: true },
      )
      .catch((thrown: unknown) => thrown)
    if (!isBatchFailure(error)) throw error
    const { code = '', offset } = dialect.describeFailure(error.cause)
    expect((await connection.execute('SELECT count(*)::integer AS n FROM t')).rows).toEqual([{ n: 0 }])
    return { index: error.index, code, offset }
  }
  const ok = 'INSERT INTO t (id) VALUES (1)'

  it.each<[string, readonly (string | Command)[], number, string, number | undefined]>(
    [
      ['a syntax error, found before anything runs', [ok, 'SELEC 1', ok], 1, '42601', 0],
      ['a syntax error at the end of a command', [ok, 'SELECT 1 FROM', ok], 1, '42601', 13],
      ['a missing column', [ok, 'SELECT 1', 'SELECT nope FROM t'], 2, '42703', 7],
      ['a missing column after characters of two units', [ok, "SELECT '🏔🏔', nope FROM t"], 1, '42703', 15],
      ['an error without a place', [ok, 'SELECT 1', ok], 2, '23505', undefined],
      ['an error in the first command', ['SELECT 1/0', ok], 0, '22012', undefined],
      ['an error inside a DO block', [ok, "DO $$ BEGIN PERFORM 1; RAISE EXCEPTION 'no;'; END $$", ok], 1, 'P0001', undefined],
      ['a command that ends in a comment', [ok, 'SELECT 1 -- one', 'SELECT nope'], 2, '42703', 7],
      ['empty commands are nobody', ['-- nothing', ok, '/* a; b */', ' ', 'SELECT nope'], 4, '42703', 7],
      [
        'parameters',
        [
          { sql: 'INSERT INTO t (id, note) VALUES ($1, $2)', parameters: [1, "it's \\ $1"] },
          { sql: 'SELECT 1/$1::integer', parameters: [0] },
        ],
        1,
        '22012',
        undefined,
      ],
      ['a deferred constraint, which fails at COMMIT', [ok, 'INSERT INTO t (id, up) VALUES (2, 99)', 'SELECT 1'], 3, '23503', undefined],
      ['COPY FROM STDIN', [ok, 'COPY t FROM STDIN'], 1, driver === 'pglite' ? '' : '57014', undefined],
    ].filter(([title]) => driver === 'pg' || title !== 'COPY FROM STDIN') as never,
  )('%s', async (_, commands, index, code, offset) => {
    expect(await failure(...commands)).toEqual({ index, code, offset })
  })

  it('keeps results and commands together where some are empty', async () => {
    const results = await connection.batch([{ sql: '-- a' }, { sql: 'SELECT 1 AS one' }, { sql: '' }, { sql: 'SELECT 2 AS two; ' }], {
      transaction: true,
    })
    expect(results.map((result) => result.rows)).toEqual([[], [{ one: 1 }], [], [{ two: 2 }]])
  })

  it.each(['on', 'off'])('writes values that break careless quoting, standard_conforming_strings %s', async (setting) => {
    const values = ["it's", '\\', "\\' OR 1=1; --", '$1 $$ $a$', '🏔 \n\t', '', 'E\\x41']
    await connection.execute(`SET standard_conforming_strings = ${setting}`)
    try {
      const insert = values.map((note, id) => ({ sql: 'INSERT INTO t (id, note) VALUES ($1, $2)', parameters: [id, note] }))
      await connection.batch(insert, { transaction: true })
      expect((await connection.execute('SELECT note FROM t ORDER BY id')).rows.map((row) => row['note'])).toEqual(values)
    } finally {
      await connection.execute('RESET standard_conforming_strings')
    }
  })

  it('gives values the same way alone, with parameters and in a batch', async () => {
    const sql = `SELECT 1::integer AS i, 9007199254740993::bigint AS b, 1.50::numeric AS n, true AS t, NULL AS z, '{"a":[1]}'::jsonb AS j, '\\x00ff'::bytea AS y,
      ARRAY['a,"b\\', NULL, '']::text[] AS l, ARRAY[[1,2],[3,4]] AS m, 0.5::float8 AS f, '2026-01-02 03:04:05.678901+00'::timestamptz = '2026-01-02T03:04:05.678901Z' AS same`
    const expected = {
      i: 1,
      b: '9007199254740993',
      n: '1.50',
      t: true,
      z: null,
      j: { a: [1] },
      y: Buffer.from([0, 255]),
      l: ['a,"b\\', null, ''],
      m: [
        [1, 2],
        [3, 4],
      ],
      f: 0.5,
      same: true,
    }
    expect((await connection.execute(sql)).rows).toEqual([expected])
    expect((await connection.execute(`${sql}, $1::text AS p`, ['p'])).rows).toEqual([{ ...expected, p: 'p' }])
    expect((await connection.batch([{ sql }], { transaction: false }))[0]?.rows).toEqual([expected])
  })

  it('takes JavaScript values as parameters', async () => {
    const { rows } = await connection.execute(
      "SELECT $1::integer[] AS a, $2::jsonb AS j, $3::bytea AS y, $4::boolean AS t, $5::timestamptz AT TIME ZONE 'UTC' AS d, $6::text[] AS l",
      [[1, null, 3], { a: 'b' }, new Uint8Array([1, 255]), false, new Date(0), ['a"b', 'c\\d', 'NULL']],
    )
    expect(rows).toEqual([
      { a: [1, null, 3], j: { a: 'b' }, y: Buffer.from([1, 255]), t: false, d: '1970-01-01 00:00:00', l: ['a"b', 'c\\d', 'NULL'] },
    ])
  })

  it('waits for the disk once, at the last of several transactions', async () => {
    const note = (id: number): Command => ({
      sql: `INSERT INTO t (id, note) VALUES (${String(id)}, current_setting('synchronous_commit'))`,
    })
    await connection.execute("SET synchronous_commit = 'local'")
    const { committed, results } = await connection.batches!([[note(1)], [note(2), { sql: 'UPDATE t SET up = 1' }], [note(3)]])
    expect([committed, results?.map((answers) => answers.map(({ affected }) => affected))]).toEqual([3, [[1], [1, 2], [1]]])
    const { rows } = await connection.execute("SELECT note, current_setting('synchronous_commit') AS after FROM t ORDER BY id")
    expect(rows).toEqual(['off', 'off', 'local'].map((set) => ({ note: set, after: 'local' })))
    await connection.execute('RESET synchronous_commit')
  })

  it('reports a COMMIT that rolled back', async () => {
    const swallowed = connection.transaction(async () => {
      await connection.execute(ok)
      await connection.execute('SELECT nope').catch(() => undefined)
    })
    await expect(swallowed).rejects.toMatchObject({ code: 'YAMA_POSTGRES_COMMIT_ROLLED_BACK' })
  })

  it('keeps the outer transaction when an inner one fails', async () => {
    await connection.transaction(async () => {
      await connection.execute(ok)
      await connection.transaction(() => connection.execute('SELECT nope')).catch(() => undefined)
    })
    expect((await connection.execute('SELECT count(*)::integer AS n FROM t')).rows).toEqual([{ n: 1 }])
  })

  it('refuses a parameter without a value', async () => {
    await expect(connection.batch([{ sql: 'SELECT $2', parameters: [1] }], { transaction: true })).rejects.toMatchObject({
      code: 'YAMA_POSTGRES_PARAMETER',
    })
  })
})
