import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseKind, Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { pglite, postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets, postgresTargets } from '@yama/testkit'

/** A database of its own on one of the servers; disposing removes it. */
export interface OwnDatabase extends AsyncDisposable {
  readonly url: string
  readonly dialect: Dialect
  /** Runs SQL past Yama, as somebody at a prompt would. */
  sql(...statements: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]>
}

export interface Server {
  readonly name: string
  readonly kind: DatabaseKind
  /** The table of Yama in SQL: `event` is `yama.event` or `yama_event`. */
  table(name: string): string
  create(): Promise<OwnDatabase>
}

const own = (url: string, dialect: Dialect, remove: () => Promise<void> | void): OwnDatabase => ({
  url,
  dialect,
  sql: async (...statements) => {
    await using connection = await dialect.connect()
    let rows: readonly Readonly<Record<string, unknown>>[] = []
    for (const statement of statements) rows = (await connection.execute(statement)).rows
    return rows
  },
  [Symbol.asyncDispose]: async () => {
    await remove()
  },
})

const directory = (): string => mkdtempSync(join(tmpdir(), 'yama-history-'))
const name = (): string => `yama_hist_${randomBytes(5).toString('hex')}`
const withPath = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href

async function onServer(open: (url: string) => Dialect, server: string, drop: string): Promise<OwnDatabase> {
  const database = name()
  const administer = async (sql: string): Promise<void> => {
    await using connection = await open(server).connect()
    await connection.execute(sql)
  }
  await administer(`CREATE DATABASE ${database}`)
  const url = withPath(server, database)
  return own(url, open(url), () => administer(`DROP DATABASE ${database}${drop}`))
}

const sqliteServer: Server = {
  name: 'SQLite',
  kind: 'sqlite',
  table: (table) => `yama_${table}`,
  create: () => {
    const place = directory()
    const url = `sqlite:${join(place, 'own.db')}`
    return Promise.resolve(own(url, sqlite({ url }), () => rmSync(place, { recursive: true, force: true })))
  },
}

const pgliteServer: Server = {
  name: 'PGlite',
  kind: 'postgres',
  table: (table) => `yama.${table}`,
  create: () => {
    const place = directory()
    const url = `pglite:${join(place, 'data')}`
    return Promise.resolve(own(url, pglite({ url }), () => rmSync(place, { recursive: true, force: true })))
  },
}

const postgresServers = (await postgresTargets())
  .filter(({ driver }) => driver === 'pg')
  .map((target): Server => ({
    name: target.name,
    kind: 'postgres',
    table: (table) => `yama.${table}`,
    create: () => onServer((url) => postgres({ url }), target.url, ' WITH (FORCE)'),
  }))

const mysqlServers = (await mysqlTargets()).map((target): Server => {
  const kind = target.url.startsWith('mariadb:') ? 'mariadb' : 'mysql'
  return {
    name: target.name,
    kind,
    table: (table) => `yama_${table}`,
    create: () => onServer((url) => (kind === 'mariadb' ? mariadb({ url }) : mysql({ url })), target.url, ''),
  }
})

/** Every database there is here; PGlite where no PostgreSQL server stands for it, or YAMA_MATRIX=all takes both. */
const standsIn = postgresServers.length > 0 && process.env['YAMA_MATRIX'] !== 'all'
export const servers: readonly Server[] = [sqliteServer, ...(standsIn ? [] : [pgliteServer]), ...postgresServers, ...mysqlServers]

/** Without PGlite, which starts a whole server for each command: for tests of many commands that no driver decides. */
export const answeringServers: readonly Server[] = servers.filter((server) => server !== pgliteServer)
