// Runs PgBouncer (the Debian package pgbouncer) in transaction mode in front of a PostgreSQL test server.
import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { account, alive, answers, freePort, sleep } from './processes.mjs'

const prefix = 'yama-test-bouncer-'

function findBinary() {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/local/bin']
  return places.map((place) => join(place, 'pgbouncer')).find((file) => existsSync(file))
}

const serverPid = (directory) => {
  const file = join(directory, 'bouncer.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : undefined
}

export const isPgbouncerRunning = (directory) => {
  const pid = serverPid(directory)
  return pid !== undefined && alive(pid)
}

/** Stops the pooler of one directory and removes it. Safe to call twice. */
export async function stopPgbouncer(directory) {
  const pid = serverPid(directory)
  if (pid !== undefined && alive(pid)) {
    process.kill(pid, 'SIGKILL')
    for (let waited = 0; alive(pid) && waited < 5000; waited += 20) await sleep(20)
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

/** Stops what a killed run left behind: the directory's name carries the process id of its owner. */
export async function stopPgbouncerOrphans() {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (owner !== undefined && !alive(Number(owner))) await stopPgbouncer(join(tmpdir(), name))
  }
}

const settings = (port, host, serverPort, directory) => `[databases]
* = host=${host} port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${directory}/users.txt
pool_mode = transaction
default_pool_size = 10
max_client_conn = 500
server_idle_timeout = 5
pidfile = ${directory}/bouncer.pid
logfile = ${directory}/bouncer.log
`

/** Starts one in front of the server of the URL; throws with the reason when it cannot be had. */
export async function startPgbouncer(url, { owner = process.pid, detached = false } = {}) {
  const binary = findBinary()
  if (binary === undefined) throw new Error('pgbouncer is not installed (Debian: pgbouncer)')
  const server = new URL(url)
  const identity = account('PgBouncer')
  const directory = mkdtempSync(join(tmpdir(), `${prefix}${owner}-`))
  try {
    chmodSync(directory, 0o755)
    if (identity.uid !== undefined) chownSync(directory, identity.uid, identity.gid)
    const port = await freePort()
    writeFileSync(join(directory, 'users.txt'), `"${decodeURIComponent(server.username)}" ""\n`)
    writeFileSync(join(directory, 'bouncer.ini'), settings(port, server.hostname, server.port, directory))
    const output = openSync(join(directory, 'output.log'), 'a')
    const child = spawn(binary, [join(directory, 'bouncer.ini')], {
      ...identity,
      cwd: directory,
      detached,
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    let failure
    child.once('error', (error) => (failure = error.message))
    child.once(
      'exit',
      (code) =>
        (failure ??= `exit ${code}: ${readFileSync(join(directory, 'output.log'), 'utf8').trim().split('\n').slice(-2).join(' | ')}`),
    )
    for (let waited = 0; waited < 10_000 && failure === undefined; waited += 50) {
      if (isPgbouncerRunning(directory) && (await answers(port))) {
        child.unref()
        server.port = String(port)
        return { kind: 'pgbouncer', variable: 'YAMA_TEST_PGBOUNCER_URL', url: server.href, directory }
      }
      await sleep(50)
    }
    child.kill('SIGKILL')
    throw new Error(failure ?? 'it was not ready after 10 s')
  } catch (error) {
    await stopPgbouncer(directory)
    throw error
  }
}
