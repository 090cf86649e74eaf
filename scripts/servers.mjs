#!/usr/bin/env node
// The one script that starts and stops the test servers.
//   node scripts/servers.mjs start   start them in the background and print the variables
//   node scripts/servers.mjs env     print the variables of what runs, for: eval "$(node scripts/servers.mjs env)"
//   node scripts/servers.mjs stop    stop them and remove their data
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRunning, majors, saveServers, startPostgres, stopOrphans, stopPostgres } from './servers/embedded-postgres.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const stateFile = join(root, '.tools', 'servers.json')

const answers = (port) =>
  new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 500 })
    const end = (there) => {
      socket.destroy()
      done(there)
    }
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false))
  })

const parseUrls = (text) =>
  new Map(
    (text ?? '')
      .split(',')
      .filter(Boolean)
      .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )

/**
 * Starts what npm alone can bring and finds what else is there.
 * Returns the environment for the tests, what is missing with the reason, and `stop()`, which may be called twice.
 */
export async function startServers({ detached = false, owner = process.pid } = {}) {
  await stopOrphans()
  const urls = parseUrls(process.env.YAMA_TEST_POSTGRES_URLS)
  const servers = []
  const skipped = []
  await Promise.all(
    majors
      .filter((major) => !urls.has(major))
      .map(async (major) => {
        try {
          servers.push(await startPostgres(major, { detached, owner }))
        } catch (error) {
          skipped.push({ what: `PostgreSQL ${major}`, why: error.message })
        }
      }),
  )
  for (const server of servers) urls.set(server.major, server.url)
  const environment = {}
  if (urls.size > 0) {
    const sorted = [...urls].sort(([a], [b]) => Number(a) - Number(b))
    environment.YAMA_TEST_POSTGRES_URLS = sorted.map(([major, url]) => `${major}=${url}`).join(',')
  }
  for (const [name, variable, port] of [
    // Both have the same standard port.
    ['MySQL', 'YAMA_TEST_MYSQL_URL', 3306],
    ['MariaDB', 'YAMA_TEST_MARIADB_URL', 3306],
  ]) {
    if (process.env[variable]) environment[variable] = process.env[variable]
    const there = process.env[variable]
      ? `${variable} is set`
      : (await answers(port))
        ? `a server answers on 127.0.0.1:${port}`
        : 'no server answers'
    skipped.push({ what: name, why: `its dialect is not written yet (${there})` })
  }
  const stop = async () => {
    await Promise.all(servers.splice(0).map((server) => stopPostgres(server.directory)))
  }
  return { environment, servers, skipped, stop }
}

const recorded = () => (existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : [])
const saved = () => recorded().filter((server) => isRunning(server.directory))
const printEnvironment = (servers) => {
  const sorted = [...servers].sort((a, b) => Number(a.major) - Number(b.major))
  if (sorted.length > 0)
    console.log(`export YAMA_TEST_POSTGRES_URLS='${sorted.map((server) => `${server.major}=${server.url}`).join(',')}'`)
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
    for (const server of recorded()) await stopPostgres(server.directory)
    saveServers(stateFile, [])
  } else {
    console.error('usage: node scripts/servers.mjs start|stop|env')
    process.exitCode = 64
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main(process.argv[2])
