// Runs MariaDB (the Debian package mariadb-server) and MySQL (mysqld on the PATH, or in a chroot) as throw-away servers.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { account, alive, answers, freePort, sleep } from './processes.mjs'

const prefix = 'yama-test-'
/** Where a chroot keeps the data, seen from inside. */
const inside = '/srv'
const chroot = () => process.env.YAMA_MYSQL_CHROOT
const homes = () => [tmpdir(), ...(chroot() === undefined ? [] : [join(chroot(), inside)])]

function findBinary(...names) {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/libexec']
  for (const name of names) for (const place of places) if (existsSync(join(place, name))) return join(place, name)
  return undefined
}

const serverPid = (directory) => {
  const file = join(directory, 'server.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : undefined
}

export const isMysqlRunning = (directory) => {
  const pid = serverPid(directory)
  return pid !== undefined && alive(pid)
}

/** Stops the server of one directory and removes it. Safe to call twice. */
export async function stopMysql(directory) {
  const pid = serverPid(directory)
  if (pid !== undefined && alive(pid)) {
    // Its data is deleted anyway, so it need not be written back first.
    process.kill(pid, 'SIGKILL')
    for (let waited = 0; alive(pid) && waited < 5000; waited += 20) await sleep(20)
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

/** Stops what a killed run left behind: the directory's name carries the process id of its owner. */
export async function stopMysqlOrphans() {
  for (const home of homes().filter(existsSync)) {
    for (const name of readdirSync(home)) {
      const owner = new RegExp(`^${prefix}(?:mariadb|mysql)-(\\d+)-`).exec(name)?.[1]
      if (owner !== undefined && !alive(Number(owner))) await stopMysql(join(home, name))
    }
  }
}

const settings = ['--bind-address=127.0.0.1', '--max-connections=300']
/** What a crash would lose is nobody's here. A test that kills its server sets `innodb-flush-log-at-trx-commit=2`: then only a fall of the machine loses something. */
const quick = ['--skip-log-bin', '--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-flush-method=nosync']

/** How each of the two is made and started. `see` is the directory as the server sees it. */
const kinds = {
  mariadb: {
    home: () => tmpdir(),
    command: (words) => words,
    prepare: () => {
      const server = findBinary('mariadbd')
      const install = findBinary('mariadb-install-db')
      if (server === undefined || install === undefined) throw new Error('mariadbd is not installed (Debian: mariadb-server)')
      return { server, install }
    },
    init: ({ install }, see) => [
      install,
      '--no-defaults',
      `--datadir=${see}/data`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ],
    options: [],
    quick: ['--sync-frm=0'],
  },
  mysql: {
    home: () => (chroot() === undefined ? tmpdir() : join(chroot(), inside)),
    // A plain `chroot` needs root, and takes the account itself.
    command: (words, { uid, gid }) => (chroot() === undefined ? words : ['chroot', `--userspec=${uid}:${gid}`, chroot(), ...words]),
    prepare: () => {
      if (chroot() !== undefined) {
        if (!existsSync(join(chroot(), 'usr/sbin/mysqld')))
          throw new Error(`YAMA_MYSQL_CHROOT is ${chroot()}, and usr/sbin/mysqld is not in it`)
        if (process.getuid?.() !== 0) throw new Error('only root can run the mysqld of YAMA_MYSQL_CHROOT')
        return { server: '/usr/sbin/mysqld' }
      }
      const server = findBinary('mysqld')
      // MariaDB installs its own server under this name too.
      const version = server === undefined ? '' : spawnSync(server, ['--version'], { encoding: 'utf8' }).stdout
      if (server === undefined || /MariaDB/i.test(version)) throw new Error('mysqld is not installed, and YAMA_MYSQL_CHROOT is not set')
      return { server }
    },
    // How names of tables are stored is decided when the data is made, and never after.
    init: ({ server }, see, own) => [
      server,
      '--no-defaults',
      '--initialize-insecure',
      `--datadir=${see}/data`,
      '--secure-file-priv=',
      ...own.filter((option) => option.startsWith('--lower-case-table-names=')),
    ],
    options: ['--mysqlx=OFF', '--secure-file-priv='],
    quick: [],
  },
}

async function launch(kind, binaries, directory, see, identity, detached, own, known) {
  const { command, options } = kinds[kind]
  const port = known ?? (await freePort())
  const log = join(directory, 'server.log')
  const output = openSync(log, 'a')
  // A server that starts removes the temporary tables that it finds, also those of another one.
  const places = [`--datadir=${see}/data`, `--tmpdir=${see}`, `--socket=${see}/s.sock`, `--pid-file=${see}/server.pid`, `--port=${port}`]
  const [program, ...words] = command([binaries.server, '--no-defaults', ...places, ...settings, ...options, ...own], identity)
  const child = spawn(program, words, {
    ...(program === 'chroot' ? {} : identity),
    cwd: '/',
    detached,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let failure
  child.once('error', (error) => (failure = error.message))
  child.once('exit', (code) => (failure ??= `exit ${code}: ${readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' | ')}`))
  for (let waited = 0; waited < 60_000 && failure === undefined; waited += 100) {
    if (existsSync(join(directory, 'server.pid')) && (await answers(port))) {
      child.unref()
      return port
    }
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw new Error(failure ?? 'the server was not ready after 60 s')
}

/**
 * Starts one server and returns `{ kind, url, directory }`; throws with the reason when it cannot be had. Root gets in
 * without a password. `owner` is the process whose death makes the server an orphan. `settings` are options that override
 * those above; with `durable` it keeps its own defaults for what is written when. `restart` brings a server back that was
 * killed, on the same port.
 */
export async function startMysql(kind, { owner = process.pid, detached = false, durable = false, settings: given = [] } = {}) {
  const own = [...(durable ? [] : [...quick, ...kinds[kind].quick]), ...given]
  const { home, prepare, init, command } = kinds[kind]
  const binaries = prepare()
  const identity = account(kind)
  mkdirSync(home(), { recursive: true })
  const directory = mkdtempSync(join(home(), `${prefix}${kind}-${owner}-`))
  const see = kind === 'mysql' && chroot() !== undefined ? directory.slice(chroot().replace(/\/$/, '').length) : directory
  try {
    chmodSync(directory, 0o755)
    if (identity.uid !== undefined) chownSync(directory, identity.uid, identity.gid)
    const [program, ...words] = command(init(binaries, see, own), identity)
    const made = spawnSync(program, words, {
      ...(program === 'chroot' ? {} : identity),
      cwd: '/',
      env: { ...process.env, TMPDIR: see },
      encoding: 'utf8',
      timeout: 120_000,
    })
    if (made.status !== 0)
      throw new Error(`its data could not be made: ${made.error?.message ?? `${made.stdout}${made.stderr}`.trim().slice(-300)}`)
    for (let attempt = 1; ; attempt++) {
      try {
        const port = await launch(kind, binaries, directory, see, identity, detached, own)
        const restart = async () => {
          // A process that was killed may take its time to die, and keeps its files locked until then.
          const killed = serverPid(directory)
          for (let waited = 0; killed !== undefined && alive(killed) && waited < 10_000; waited += 20) await sleep(20)
          // A run that was over before anybody struck leaves its server as it was; two on the same data harm each other.
          if (killed !== undefined && alive(killed)) return
          rmSync(join(directory, 'server.pid'), { force: true })
          await launch(kind, binaries, directory, see, identity, detached, own, port)
        }
        return { kind, url: `${kind}://root@127.0.0.1:${port}`, directory, restart, pid: () => serverPid(directory) }
      } catch (error) {
        // Another process may have taken the port between the probe and the start.
        if (attempt === 3) throw error
      }
    }
  } catch (error) {
    await stopMysql(directory)
    throw error
  }
}
