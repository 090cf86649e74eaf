import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dialectAt } from './dialect-at.ts'

/** A server of this arena's own, whose processes may be killed and which comes back with the same data. */
export interface OwnServer {
  readonly url: string
  readonly pid: () => number
  readonly restart: () => Promise<void>
}

/** A database that can be made anew as often as one likes. */
export interface Arena {
  readonly name: string
  readonly url: string
  reset(): Promise<void>
  readonly server?: OwnServer
  /** Where all of it is, for a database that is files. */
  readonly directory?: string
  close(): Promise<void>
}

/** A cluster has a thousand files, and each attempt has a copy; what a killed process leaves is the same in memory as on a disk. */
const roomForFiles = roomIn('/dev/shm') > 512 ? '/dev/shm' : tmpdir()

/** In MB; 0 where there is no such directory, and containers often have 64. */
function roomIn(directory: string): number {
  if (!existsSync(directory)) return 0
  const { bavail, bsize } = statfsSync(directory)
  return (bavail * bsize) / 1024 / 1024
}

/** A new file each time: nothing of the one before is left. A cluster of PGlite is made once, and copied. */
export function fileArena(kind: 'sqlite' | 'pglite'): Arena {
  const directory = mkdtempSync(join(roomForFiles, `yama-recovery-${kind}-`))
  const place = join(directory, 'db')
  const empty = join(directory, 'empty')
  let made: Promise<void> | undefined
  const makeEmpty = async (): Promise<void> => {
    mkdirSync(empty, { recursive: true })
    if (kind === 'pglite') await (await dialectAt(`pglite:${empty}`).connect())[Symbol.asyncDispose]()
  }
  return {
    name: kind === 'sqlite' ? 'SQLite' : 'PGlite',
    url: kind === 'sqlite' ? `sqlite:${join(place, 'test.db')}` : `pglite:${place}`,
    directory: place,
    reset: async () => {
      await (made ??= makeEmpty())
      rmSync(place, { recursive: true, force: true })
      cpSync(empty, place, { recursive: true })
    },
    close: async () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** A database of its own on a server. */
export async function serverArena(name: string, serverUrl: string, database: string, server?: OwnServer): Promise<Arena> {
  const url = Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href
  const isPostgres = serverUrl.startsWith('postgres')
  const drop = async (): Promise<void> => {
    await using connection = await dialectAt(serverUrl).connect()
    // A session that was killed in the middle may still be there for a moment.
    await connection.execute(`DROP DATABASE IF EXISTS ${database}${isPostgres ? ' WITH (FORCE)' : ''}`)
  }
  const makeAnew = async (): Promise<void> => {
    await drop()
    await using connection = await dialectAt(serverUrl).connect()
    await connection.execute(`CREATE DATABASE ${database}`)
  }
  let made = false
  return {
    name,
    url,
    reset: async () => {
      if (made && isPostgres) return await emptyPostgres(url)
      await makeAnew()
      made = true
    },
    ...(server === undefined ? {} : { server }),
    close: drop,
  }
}

/** PostgreSQL copies a thousand files for a new database; to empty one costs a tenth of that. */
async function emptyPostgres(url: string): Promise<void> {
  await using connection = await dialectAt(url).connect()
  // Waits until they are gone, with whatever they were in the middle of.
  await connection.execute(
    'SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  await connection.execute('DROP SCHEMA IF EXISTS yama CASCADE')
  await connection.execute('DROP SCHEMA public CASCADE')
  await connection.execute('CREATE SCHEMA public')
}

/** What a process has started, with what that has started, as far as it has not ended. `/proc/PID/task/PID/children` leaves some out while others end. */
function startedBy(root: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const [, state, parent] = /\) (\S) (\d+) /.exec(statOf(name)) ?? []
    if (state !== undefined && state !== 'Z' && state !== 'X') parents.set(Number(name), Number(parent))
  }
  const found = [root]
  for (const one of found) for (const [pid, parent] of parents) if (parent === one) found.push(pid)
  return found.slice(1)
}

/** A process may end while its state is read. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as { code?: unknown }).code))) return ''
    throw error
  }
}

/**
 * Kills a process and everything it has started, which it is kept from replacing: a postmaster that sees a dead child makes the next one, and that would hold
 * the memory of the server. A worker that has ended by itself meanwhile is no failure.
 */
export function killTree(pid: number): void {
  signalIfThere(pid, 'SIGSTOP')
  for (const one of startedBy(pid)) signalIfThere(one, 'SIGKILL')
  signalIfThere(pid, 'SIGKILL')
}

function signalIfThere(pid: number, signal: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ESRCH') throw error
  }
}
