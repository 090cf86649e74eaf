#!/usr/bin/env node
// The one script that starts and stops the test servers.
//   node scripts/servers.mjs start   start them in the background and print the variables
//   node scripts/servers.mjs env     print the variables of what runs, for: eval "$(node scripts/servers.mjs env)"
//   node scripts/servers.mjs stop    stop them and remove their data
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRunning, majors, saveServers, startPostgres, stopOrphans, stopPostgres } from './servers/embedded-postgres.mjs'
import { isMysqlRunning, startMysql, stopMysql, stopMysqlOrphans } from './servers/mysql-servers.mjs'
import { isPgbouncerRunning, startPgbouncer, stopPgbouncer, stopPgbouncerOrphans } from './servers/pgbouncer.mjs'
import { answers } from './servers/processes.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const stateFile = join(root, '.tools', 'servers.json')

const parseUrls = (text) =>
  new Map(
    (text ?? '')
      .split(',')
      .filter(Boolean)
      .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )

/** What else there is beside PostgreSQL, and the variable that names its server. */
const others = [
  { kind: 'mariadb', name: 'MariaDB', variable: 'YAMA_TEST_MARIADB_URL' },
  { kind: 'mysql', name: 'MySQL', variable: 'YAMA_TEST_MYSQL_URL' },
]
const POOLER = 'YAMA_TEST_PGBOUNCER_URL'
const ways = {
  postgres: { stop: stopPostgres, isRunning },
  pgbouncer: { stop: stopPgbouncer, isRunning: isPgbouncerRunning },
  mariadb: { stop: stopMysql, isRunning: isMysqlRunning },
  mysql: { stop: stopMysql, isRunning: isMysqlRunning },
}
const stopServer = ({ kind, directory }) => ways[kind].stop(directory)

/**
 * Starts what npm alone can bring and what the machine has besides.
 * Returns the environment for the tests, what is missing with the reason, and `stop()`, which may be called twice.
 */
export async function startServers({ detached = false, owner = process.pid } = {}) {
  await stopOrphans()
  await stopMysqlOrphans()
  await stopPgbouncerOrphans()
  const urls = parseUrls(process.env.YAMA_TEST_POSTGRES_URLS)
  const servers = []
  const skipped = []
  const environment = {}
  await Promise.all([
    ...majors
      .filter((major) => !urls.has(major))
      .map(async (major) => {
        try {
          servers.push(await startPostgres(major, { detached, owner }))
        } catch (error) {
          skipped.push({ what: `PostgreSQL ${major}`, why: error.message })
        }
      }),
    ...others.map(async ({ kind, name, variable }) => {
      if (process.env[variable]) {
        environment[variable] = process.env[variable]
        return
      }
      try {
        const server = await startMysql(kind, { detached, owner })
        servers.push(server)
        environment[variable] = server.url
      } catch (error) {
        // Tests find the one of the standard port by themselves, unless a variable names another.
        if (!(await answers(3306))) skipped.push({ what: name, why: error.message })
        else skipped.push({ what: `${name} of our own`, why: `${error.message}; a server answers on 127.0.0.1:3306` })
      }
    }),
  ])
  for (const { kind, major, url } of servers) if (kind === 'postgres') urls.set(major, url)
  if (urls.size > 0) {
    const sorted = [...urls].sort(([a], [b]) => Number(a) - Number(b))
    environment.YAMA_TEST_POSTGRES_URLS = sorted.map(([major, url]) => `${major}=${url}`).join(',')
    if (process.env[POOLER]) environment[POOLER] = process.env[POOLER]
    else {
      try {
        const pooler = await startPgbouncer(sorted.at(-1)[1], { detached, owner })
        servers.push(pooler)
        environment[POOLER] = pooler.url
      } catch (error) {
        skipped.push({ what: 'PgBouncer', why: error.message })
      }
    }
  }
  const stop = async () => {
    // A pooler before the server behind it.
    const all = servers.splice(0)
    await Promise.all(all.filter(({ kind }) => kind === 'pgbouncer').map(stopServer))
    await Promise.all(all.filter(({ kind }) => kind !== 'pgbouncer').map(stopServer))
  }
  return { environment, servers, skipped, stop }
}

const recorded = () => (existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : [])
const saved = () => recorded().filter(({ kind, directory }) => ways[kind].isRunning(directory))
const printEnvironment = (servers) => {
  const sorted = servers.filter(({ kind }) => kind === 'postgres').sort((a, b) => Number(a.major) - Number(b.major))
  if (sorted.length > 0)
    console.log(`export YAMA_TEST_POSTGRES_URLS='${sorted.map((server) => `${server.major}=${server.url}`).join(',')}'`)
  for (const { kind, variable } of [...others, { kind: 'pgbouncer', variable: POOLER }]) {
    const server = servers.find((candidate) => candidate.kind === kind)
    if (server !== undefined) console.log(`export ${variable}='${server.url}'`)
  }
}

async function main(command) {
  if (command === 'start') {
    if (saved().length === 0) {
      mkdirSync(dirname(stateFile), { recursive: true })
      // These outlive this process: process 1 never dies, so they are never taken for orphans.
      const { servers, skipped } = await startServers({ detached: true, owner: 1 })
      saveServers(stateFile, servers)
      for (const { what, why } of skipped) console.error(`# ${what}: ${why}`)
    }
    printEnvironment(saved())
  } else if (command === 'env') {
    printEnvironment(saved())
  } else if (command === 'stop') {
    for (const server of recorded()) await stopServer(server)
    saveServers(stateFile, [])
  } else {
    console.error('usage: node scripts/servers.mjs start|stop|env')
    process.exitCode = 64
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main(process.argv[2])
