import { randomBytes } from 'node:crypto'
import { createYama, type Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { difference, stateHash, type FactBase } from '@yama/schema'
import { memorySource, mysqlTargets, sqlMigration } from '@yama/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMysql, stopMysql, type StartedServer } from '../../scripts/servers/mysql-servers.mjs'
import { EVERYTHING, loadTexts, schemaOf } from './read-schema.ts'

const SCHEMA = `
CREATE TABLE parent (id int PRIMARY KEY, name varchar(20) COLLATE utf8mb4_bin DEFAULT 'a\\\\b', KEY by_name (name)) ENGINE=InnoDB CHARSET=utf8mb4;
CREATE TABLE child (id int PRIMARY KEY, parent_id int, CONSTRAINT child_parent FOREIGN KEY (parent_id) REFERENCES parent (id)) ENGINE=InnoDB CHARSET=utf8mb4;
CREATE VIEW names AS SELECT parent.name, child.id FROM parent JOIN child ON child.parent_id = parent.id;
CREATE TRIGGER parent_child AFTER INSERT ON parent FOR EACH ROW INSERT INTO child VALUES (new.id, new.id);`

/** What a server may have for every session; those that only one of the two knows are left out where it is the other. */
const AWKWARD = [
  'sql_select_limit = 1',
  'sql_safe_updates = 1',
  'sql_big_selects = 0',
  'max_join_size = 1',
  'sql_auto_is_null = 1',
  'completion_type = 1',
  'autocommit = 0',
  'foreign_key_checks = 0',
  'unique_checks = 0',
  'sql_quote_show_create = 0',
  'group_concat_max_len = 4',
  'auto_increment_increment = 7',
  'lock_wait_timeout = 1',
  "time_zone = '-07:00'",
  "sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,PAD_CHAR_TO_FULL_LENGTH'",
  "collation_server = 'latin1_swedish_ci'",
  'default_storage_engine = MyISAM',
]

const open = (url: string): Dialect => (url.startsWith('mariadb:') ? mariadb({ url }) : mysql({ url }))

async function inDatabase<T>(server: string, work: (dialect: Dialect) => Promise<T>): Promise<T> {
  const name = `yama_settings_${randomBytes(4).toString('hex')}`
  await using administration = await open(server).connect()
  await administration.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  try {
    return await work(open(Object.assign(new URL(server), { pathname: `/${name}` }).href))
  } finally {
    await administration.execute(`DROP DATABASE ${name}`)
  }
}

const read = (server: string): Promise<FactBase> =>
  inDatabase(server, async (dialect) => {
    await using connection = await dialect.connect()
    expect(await loadTexts(connection, dialect, [SCHEMA])).toEqual([])
    return await schemaOf(dialect).extract(connection, EVERYTHING)
  })

describe.each(await mysqlTargets())('settings of a server for everybody, on $name', ({ url }) => {
  let server: StartedServer | undefined
  beforeAll(async () => {
    try {
      server = await startMysql(url.startsWith('mariadb:') ? 'mariadb' : 'mysql')
    } catch (error) {
      console.warn(`no server of its own: ${error instanceof Error ? error.message : String(error)}`)
      return
    }
    await using connection = await open(server.url).connect()
    for (const setting of AWKWARD) await connection.execute(`SET GLOBAL ${setting}`)
  }, 120_000)
  afterAll(async () => {
    if (server !== undefined) await stopMysql(server.directory)
  })

  it('do not change what is read', async ({ skip }) => {
    if (server === undefined) return skip()
    const [usual, found] = [await read(url), await read(server.url)]
    expect(difference(usual, found)).toEqual([])
    expect(stateHash(found)).toBe(stateHash(usual))
  })

  it('nor what a migration does, nor its history', async ({ skip }) => {
    if (server === undefined) return skip()
    await inDatabase(server.url, async (dialect) => {
      const migrations = [
        sqlMigration({ id: 'one', up: ['CREATE TABLE t (id int PRIMARY KEY, a int) ENGINE=InnoDB'], down: ['DROP TABLE t'] }),
        sqlMigration({
          id: 'two',
          parents: ['one'],
          up: ['INSERT INTO t VALUES (1, 1), (2, 2)', 'UPDATE t SET a = 5'],
          down: ['DELETE FROM t'],
        }),
        sqlMigration({
          id: 'three',
          parents: ['two'],
          up: ['INSERT INTO t SELECT id + 10, a FROM t'],
          down: ['DELETE FROM t WHERE a = 5'],
        }),
      ]
      await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
      await yama.apply(await yama.plan({ up: 'latest' }))
      expect((await yama.plan({ up: 'latest' })).migrations).toEqual([])
      await using connection = await dialect.connect()
      expect((await connection.execute('SELECT id, a FROM t ORDER BY id')).rows.map(({ id, a }) => [id, a])).toEqual([
        [1, 5],
        [2, 5],
        [11, 5],
        [12, 5],
      ])
    })
  })
})
