import { execFile, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { YamaError, type Connection } from '@yama/core'
import { postgresErrors } from '../errors/errors.ts'
import { clusterParent } from './cluster-parent.ts'
import type { ServerBinaries } from './find-binaries.ts'

export interface Cluster {
  readonly binaries: ServerBinaries
  /** Directory of its socket. */
  readonly socket: string
  stop(): Promise<void>
}

const SUPERUSER = 'postgres'
const WAIT_MS = 15_000
const run = promisify(execFile)

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
  'max_locks_per_transaction=256',
  'listen_addresses=',
  'log_min_messages=fatal',
  'jit=off',
]

/**
 * The shell waits for its standard input to end, which it does when this process ends in whatever way, then stops the
 * server and removes the directory: nothing is left behind, not even after SIGKILL.
 */
const KEEPER = `"$1/postgres" -D "$2/data" -k "$2" -p 5432 \${3+$3} </dev/null >"$2/log" 2>&1 & server=$!
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
    await run(
      join(binaries.directory, 'initdb'),
      ['-D', join(directory, 'data'), '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync', '--no-instructions'],
      { ...user, cwd: directory, timeout: 60_000 },
    )
  } catch (error) {
    throw refuse(String((error as { readonly stderr?: unknown }).stderr ?? error).trim(), error)
  }
  const options = SETTINGS.flatMap((setting) => ['-c', setting])
  const keeper = spawn(
    '/bin/sh',
    ['-c', KEEPER.replace('${3+$3}', options.map((option) => `'${option}'`).join(' ')), 'yama', binaries.directory, directory],
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
  const started = performance.now()
  for (;;) {
    try {
      await (await connect(directory))[Symbol.asyncDispose]()
      return { binaries, socket: directory, stop }
    } catch (error) {
      const hopeless = YamaError.is(error) && error.code === 'YAMA_POSTGRES_DRIVER_MISSING'
      if (hopeless || performance.now() - started > WAIT_MS || keeper.exitCode !== null) {
        await stop()
        throw refuse(error instanceof Error ? error.message : String(error), error)
      }
      await sleep(15)
    }
  }
}
