import { createYama, type Connection, type Dialect, type Migration } from '@yama/core'
import { parseSqlMigration } from '@yama/core/files'
import { postgres } from '@yama/postgres'
import { memorySource } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { inNewDatabase, servers, sharedPglite } from './runtime-database.ts'
import { targets } from './schema-databases.ts'

const SETTINGS = `SELECT concat_ws(' ', current_setting('search_path'), current_setting('lock_timeout'), current_setting('check_function_bodies'), current_user) AS settings`
const REMEMBER = `INSERT INTO remembered ${SETTINGS}`
/** What stands at the head of a dump, and worse. */
const LEAVES: readonly string[] = [
  "SET check_function_bodies = false; SELECT pg_catalog.set_config('search_path', '', false);",
  "SET lock_timeout = 0; DO $$ BEGIN EXECUTE 'SET search_path TO nowhere'; END $$;",
  'SET ROLE pg_monitor; RESET ALL;',
]

async function inDatabase<T>(target: (typeof targets)[number], work: (dialect: Dialect, connection: Connection) => Promise<T>): Promise<T> {
  if (target.driver === 'pglite') {
    try {
      const dialect = sharedPglite.open()
      await using connection = await dialect.connect()
      return await work(dialect, connection)
    } finally {
      await sharedPglite.close()
    }
  }
  return await inNewDatabase(target.url, async (url) => {
    await using connection = await postgres({ url }).connect()
    return await work(postgres({ url }), connection)
  })
}

async function settings(dialect: Dialect, connection: Connection, files: readonly string[]): Promise<readonly unknown[]> {
  await connection.execute('CREATE TABLE remembered (settings text)')
  const migrations = files.map((text, at): Migration => parseSqlMigration(text, `${String(at + 1).padStart(3, '0')}_m.sql`, dialect))
  await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
  expect((await yama.apply(await yama.plan({ up: 'latest' }))).applied).toHaveLength(files.length)
  return (await connection.execute('SELECT settings FROM remembered')).rows.map((row) => row['settings'])
}

describe.each(targets)('settings that a migration leaves, on $name', (target) => {
  it.each(LEAVES)('do not hold for the next one: %s', async (leaves) => {
    await inDatabase(target, async (dialect, connection) => {
      const [usual, after, last] = await settings(dialect, connection, [
        REMEMBER,
        leaves,
        REMEMBER,
        `-- +migrate Up notransaction\n${leaves}`,
        REMEMBER,
      ])
      expect(usual).toContain('public')
      expect([after, last]).toEqual([usual, usual])
    })
  })

  it('temporary objects and prepared statements of one migration are not there for the next one', async () => {
    await inDatabase(target, async (dialect, connection) => {
      const work =
        'CREATE TEMP SEQUENCE counter; CREATE TEMP TABLE work AS SELECT 1 AS a; CREATE TEMP VIEW seen AS SELECT a FROM work; PREPARE look AS SELECT a FROM work;'
      const routine = 'CREATE FUNCTION pg_temp.f(integer) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;'
      const kept = "INSERT INTO remembered SELECT 'of ' || id FROM t"
      const rows = await settings(dialect, connection, [
        'CREATE TABLE t (id integer); INSERT INTO t VALUES (7);',
        `${work} ${routine} CREATE TEMP TABLE t (id integer); INSERT INTO t VALUES (1);`,
        kept,
        `-- +migrate Up notransaction\n${work}`,
        `${work} ${routine}`,
        'DO $$ BEGIN CREATE TEMP TABLE work (a integer); END $$;',
        'SELECT 1 AS a INTO TEMP work;',
        kept,
      ])
      expect(rows).toEqual(['of 7', 'of 7'])
    })
  })

  it('are given back also where the migration fails, and what was set before stays', async () => {
    await inDatabase(target, async (dialect, connection) => {
      const set = dialect.keepSession!
      await connection.execute("SET search_path = public, elsewhere; SET app.mine = 'kept'".split(';')[0] ?? '')
      const keeper = await set(connection, { statements: ['SET search_path = other'], others: false })
      await connection.execute('SET search_path = other')
      await connection.execute('SET work_mem = 4096')
      await keeper?.giveBack()
      const { rows } = await connection.execute(
        "SELECT current_setting('search_path') AS path, source FROM pg_settings WHERE name = 'work_mem'",
      )
      expect(rows).toEqual([{ path: 'public, elsewhere', source: expect.not.stringMatching('session') as unknown }])
      await connection.execute('RESET search_path')
    })
  })
})

describe.each(servers)('the same on $name', ({ url }) => {
  it('asks nothing where no statement touches the session', async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      let asked = 0
      const watched: Connection = { ...connection, execute: (...given) => (asked++, connection.execute(...given)) }
      const keeper = await postgres({ url: own }).keepSession!(watched, { statements: ['CREATE TABLE t (a int)'], others: false })
      await keeper?.giveBack()
      expect(asked).toBe(0)
    })
  })
})
