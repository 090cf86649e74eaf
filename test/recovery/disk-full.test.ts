import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createYama } from '@yama/core'
import { postgresTargets } from '@yama/testkit'
import { memorySource, sqlMigration } from '@yama/testkit/faults'
import { expect, test } from 'vitest'
import { serverArena } from './arena.ts'
import { dialectAt } from './dialect-at.ts'

const UP = { up: 'latest' } as const
const server = (await postgresTargets()).find(({ driver }) => driver === 'pg')

/** A file system of one megabyte, which root can mount; the reason where it cannot. */
function smallDisk(owner: string): { readonly path: string } & Disposable {
  // Not below a directory that the server's account may not enter.
  const path = mkdtempSync(join(tmpdir(), 'yama-full-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { encoding: 'utf8' })
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true, force: true })
    throw new Error(mounted.error?.message ?? mounted.stderr.trim())
  }
  const { uid, gid } = statSync(owner)
  chownSync(path, uid, gid)
  return {
    path,
    [Symbol.dispose]: () => {
      spawnSync('umount', [path])
      rmSync(path, { recursive: true, force: true })
    },
  }
}

test.skipIf(server === undefined)(
  'a disk that is really full is told as that, and nothing is kept',
  { timeout: 60_000 },
  async (context) => {
    await using admin = await dialectAt(server?.url ?? '').connect()
    const { rows } = await admin.execute("SELECT current_setting('data_directory') AS directory")
    let disk: ReturnType<typeof smallDisk>
    try {
      disk = smallDisk(String(rows[0]?.['directory']))
    } catch (error) {
      console.warn(`PostgreSQL on a full disk is not tested: no small file system can be mounted (${String(error)})`)
      return context.skip()
    }
    const space = `yama_full_${randomBytes(4).toString('hex')}`
    const arena = await serverArena('PostgreSQL', server?.url ?? '', space)
    try {
      await admin.execute(`CREATE TABLESPACE ${space} LOCATION '${disk.path}'`)
      await arena.reset()
      const migrations = [
        sqlMigration({ id: '001', up: `CREATE TABLE big (text text) TABLESPACE ${space}` }),
        sqlMigration({
          id: '002',
          up: ['CREATE TABLE small (id int)', 'INSERT INTO big SELECT repeat(md5(n::text), 20) FROM generate_series(1, 20000) AS n'],
        }),
      ]
      await using yama = createYama({ dialect: dialectAt(arena.url), sources: [memorySource(migrations)] })
      const error: unknown = await yama.apply(await yama.plan(UP)).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'YAMA_RUN_DISK_FULL', details: { effects: 'Nothing of it is kept.', done: 1 } })
      expect((error as { readonly data: { readonly failure: { readonly code: string } } }).data.failure.code).toBe('53100')
      expect((await yama.status()).pending).toHaveLength(1)
      await using connection = await dialectAt(arena.url).connect()
      expect((await connection.execute("SELECT to_regclass('small') AS t, (SELECT count(*)::int FROM big) AS n")).rows).toEqual([
        { t: null, n: 0 },
      ])
    } finally {
      await arena.close()
      await admin.execute(`DROP TABLESPACE IF EXISTS ${space}`)
      disk[Symbol.dispose]()
    }
  },
)
