import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { YamaError, type Connection } from '@yama/core'
import { postgresErrors } from '../errors/errors.ts'
import { clusterParent } from './cluster-parent.ts'
import { clusterTemplate } from './cluster-template.ts'
import type { ServerBinaries } from './find-binaries.ts'

export interface Cluster {
  readonly binaries: ServerBinaries
  /** Directory of its socket. */
  readonly socket: string
  stop(): Promise<void>
}

const SUPERUSER = 'postgres'
const INITDB = `-U ${SUPERUSER} -A trust -E UTF8 --no-locale --no-sync --no-instructions`
const INITDB_MS = 60_000
const START_MS = 15_000

/** The file through which PostgreSQL listens: `unix_socket_directories` and the port. */
const SOCKET = '.s.PGSQL.5432'

/** A server for throwing away needs no durability. */
const SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'autovacuum=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'shared_buffers=128MB',
  'max_connections=40',
  'max_locks_per_transaction=4096',
  'listen_addresses=',
  'log_min_messages=fatal',
  'jit=off',
]

/**
 * Makes the cluster, as a copy where one was made before, and starts it, so that both happen while this process is busy. Then the shell waits for its standard input to end, which it does
 * when this process ends in whatever way, stops the server and removes the directory: nothing is left behind, not even after SIGKILL.
 */
const KEEPER = `umask 077
if [ -z "$3" ] || ! cp -R "$3/data" "$2/data" 2>/dev/null; then
  rm -rf "$2/data"
  "$1/initdb" -D "$2/data" ${INITDB} </dev/null >"$2/initdb" 2>&1 || exit 1
  if [ -n "$3" ] && mkdir "$3" 2>/dev/null; then cp -R "$2/data" "$3/part" 2>/dev/null && mv "$3/part" "$3/data" || rm -rf "$3"; fi
fi
"$1/postgres" -D "$2/data" -k "$2" -p 5432 OPTIONS </dev/null >"$2/log" 2>&1 & server=$!
read -r _; kill -QUIT "$server" 2>/dev/null; wait "$server" 2>/dev/null; cd /; rm -rf "$2"`

/** PostgreSQL refuses to run as root: a system user without rights of its own takes over. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  return user === undefined ? undefined : { uid: Number(user[2]), gid: Number(user[3]) }
}

/** Makes a cluster with initdb in a temporary directory and starts it. Rejects with YAMA_SCRATCH_CLUSTER. */
export async function startCluster(binaries: ServerBinaries, connect: (socket: string) => Promise<Connection>): Promise<Cluster> {
  const directory = mkdtempSync(join(clusterParent(), 'yama-pg-'))
  const user = unprivileged()
  const refuse = (reason: string, cause?: unknown): Error => {
    rmSync(directory, { recursive: true, force: true })
    return postgresErrors.YAMA_SCRATCH_CLUSTER({ reason, command: join(binaries.directory, 'initdb') }, { cause })
  }
  try {
    if (user !== undefined) chownSync(directory, user.uid, user.gid)
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error)
  }
  const template = clusterTemplate(binaries, user?.uid ?? process.getuid?.(), INITDB) ?? ''
  const options = SETTINGS.flatMap((setting) => ['-c', setting])
  const keeper = spawn(
    '/bin/sh',
    ['-c', KEEPER.replace('OPTIONS', options.map((option) => `'${option}'`).join(' ')), 'yama', binaries.directory, directory, template],
    {
      ...user,
      cwd: directory,
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  )
  keeper.unref()
  const ended = new Promise<void>((resolve) => keeper.once('exit', () => resolve()))
  ;(keeper.stdin as unknown as { unref(): void }).unref()
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> =>
    (stopped ??= new Promise((resolve) => {
      keeper.ref()
      keeper.stdin?.end()
      void ended.then(resolve)
    }))
  let limit = performance.now() + INITDB_MS
  let starts = false
  for (;;) {
    // The log appears with the server, and the socket when it listens.
    if (!starts && existsSync(join(directory, 'log'))) {
      starts = true
      limit = performance.now() + START_MS
    }
    let failure: unknown
    if (existsSync(join(directory, SOCKET))) {
      try {
        await (await connect(directory))[Symbol.asyncDispose]()
        return { binaries, socket: directory, stop }
      } catch (error) {
        failure = error
      }
    }
    const hopeless = YamaError.is(failure) && failure.code === 'YAMA_POSTGRES_DRIVER_MISSING'
    if (hopeless || performance.now() > limit || keeper.exitCode !== null) {
      const said = complaint(directory, starts)
      await stop()
      throw refuse(failure instanceof Error ? failure.message : said, failure)
    }
    await sleep(10)
  }
}

/** What initdb or the server wrote, where there is nobody to connect to. */
function complaint(directory: string, starts: boolean): string {
  const said = readFileSync(join(directory, starts ? 'log' : 'initdb'), { encoding: 'utf8', flag: 'a+' }).trim()
  return said === '' ? 'it does not start' : said
}
