import { createYama, type Dialect } from '@yama/core'
import { parseSqlMigration } from '@yama/core/files'
import { memorySource } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { dialectOf, inNewDatabase, servers } from './runtime-database.ts'

/** All in one session. */
async function applyAll(dialect: Dialect, files: readonly string[]): Promise<void> {
  const migrations = files.map((text, at) => parseSqlMigration(text, `00${String(at + 1)}_m.sql`, dialect))
  await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
  await yama.apply(await yama.plan({ up: 'latest' }))
}

describe.each(servers)('settings that a migration leaves, on $name', ({ url }) => {
  it('do not hold for the next one', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      const files = [
        'CREATE TABLE p (id int PRIMARY KEY) ENGINE=InnoDB; CREATE TABLE c (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES p (id)) ENGINE=InnoDB;',
        'SET FOREIGN_KEY_CHECKS = 0, UNIQUE_CHECKS = 0; SET autocommit = 0; SET SESSION lock_wait_timeout = 77; INSERT INTO c VALUES (1, 7);',
        'INSERT INTO c VALUES (2, 8);',
      ]
      await expect(applyAll(dialect, files)).rejects.toThrow(/foreign key constraint fails/)
      await using connection = await dialect.connect()
      expect((await connection.execute('SELECT id FROM c')).rows).toEqual([{ id: 1 }])
    })
  })

  it('nor its temporary tables', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      const files = [
        'CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE taken (id int);',
        'CREATE TEMPORARY TABLE t (id int); CREATE TEMPORARY TABLE IF NOT EXISTS work (id int); INSERT INTO t VALUES (1);',
        'CREATE TEMPORARY TABLE work (id int); INSERT INTO work VALUES (2); INSERT INTO taken SELECT id FROM work; INSERT INTO t VALUES (7);',
      ]
      await applyAll(dialect, files)
      await using connection = await dialect.connect()
      expect((await connection.execute('SELECT id FROM t UNION ALL SELECT id FROM taken')).rows).toEqual([{ id: 7 }, { id: 2 }])
    })
  })

  it('nor where it went, and as whom', async () => {
    await inNewDatabase(url, async (own) => {
      await inNewDatabase(url, async (other) => {
        const dialect = dialectOf(own)
        const there = new URL(other).pathname.slice(1)
        const files = [
          `USE ${there}; SET ROLE NONE; CREATE TABLE there (id int PRIMARY KEY); INSERT INTO there VALUES (1);`,
          'CREATE TABLE here (id int PRIMARY KEY);',
        ]
        await applyAll(dialect, files)
        await using connection = await dialect.connect()
        expect((await connection.execute('SELECT id FROM here')).rows).toEqual([])
        expect((await connection.execute(`SELECT id FROM ${there}.there`)).rows).toEqual([{ id: 1 }])
      })
    })
  })
})

it.skipIf(servers.length > 0)('settings that a migration leaves: no server answers', () => undefined)
