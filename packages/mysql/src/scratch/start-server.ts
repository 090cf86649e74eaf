import { execFile, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { YamaError, type Connection } from '@yama/core'
import { mysqlErrors } from '../errors/errors.ts'
import type { ServerBinaries } from './find-binaries.ts'

export interface LocalServer {
  readonly socket: string
  stop(): Promise<void>
}

const WAIT_MS = 30_000
const run = promisify(execFile)

/** A server for throwing away needs no durability, and no network. */
const SETTINGS = [
  '--skip-networking',
  '--skip-log-bin',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-buffer-pool-size=64M',
  '--performance-schema=OFF',
] as const
const OWN_SETTINGS = {
  mysql: ['--mysqlx=OFF', '--secure-file-priv='],
  mariadb: ['--innodb-log-file-size=8M'],
} as const

/**
 * The shell waits for its standard input to end, which it does when this process ends in whatever way, then stops the
 * server and removes the directory: nothing is left behind, not even after SIGKILL.
 */
const KEEPER = `server="$1"; directory="$2"; shift 2
"$server" "$@" </dev/null >"$directory/log" 2>&1 & pid=$!
read -r _; kill -KILL "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; cd /; rm -rf "$directory"`

/** The servers refuse to run as root: a system user without rights of its own takes over. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'mysql') ?? users.find(([name]) => name === 'nobody')
  return user === undefined ? undefined : { uid: Number(user[2]), gid: Number(user[3]) }
}

const initialise = ({ kind }: ServerBinaries, data: string): readonly string[] =>
  kind === 'mariadb'
    ? ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db']
    : ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, '--secure-file-priv=']

/** Makes a data directory in a temporary one and starts a server in it, with `more` options. Rejects with YAMA_MYSQL_SCRATCH_SERVER. */
export async function startServer(
  binaries: ServerBinaries,
  connect: (socket: string) => Promise<Connection>,
  more: readonly string[] = [],
): Promise<LocalServer> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-my-'))
  const [data, socket] = [join(directory, 'data'), join(directory, 's')]
  const user = unprivileged()
  // A server that starts removes the temporary tables it finds in its directory for them, also those of another server.
  const env = { ...process.env, TMPDIR: directory }
  const refuse = (reason: string, cause?: unknown): Error => {
    rmSync(directory, { recursive: true, force: true })
    return mysqlErrors.YAMA_MYSQL_SCRATCH_SERVER({ reason, command: `${binaries.server} --no-defaults` }, { cause })
  }
  try {
    if (user !== undefined) chownSync(directory, user.uid, user.gid)
    await run(binaries.install, [...initialise(binaries, data)], { ...user, cwd: directory, env, timeout: 60_000 })
  } catch (error) {
    throw refuse(String((error as { readonly stderr?: unknown }).stderr ?? error).trim(), error)
  }
  const options = [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--pid-file=${directory}/pid`,
    ...SETTINGS,
    ...OWN_SETTINGS[binaries.kind],
    ...more,
  ]
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'yama', binaries.server, directory, ...options], {
    ...user,
    cwd: directory,
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
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
      await (await connect(socket))[Symbol.asyncDispose]()
      return { socket, stop }
    } catch (error) {
      const hopeless = YamaError.is(error) && error.code === 'YAMA_MYSQL_DRIVER_MISSING'
      if (hopeless || performance.now() - started > WAIT_MS || keeper.exitCode !== null) {
        await stop()
        throw refuse(error instanceof Error ? error.message : String(error), error)
      }
      await sleep(30)
    }
  }
}
