import { randomBytes } from 'node:crypto'
import type { Connection } from '@yama/core'
import { withinScratch, type FactBase, type Scratch, type ScratchReach } from '@yama/schema'
import { identifier, literal } from '../types/quoted.ts'
import { runSetup } from './run-setup.ts'
import { withinDatabase } from './within-database.ts'

export interface DatabaseServer {
  /** Connects to a database of the server; undefined is the maintenance database. */
  connect(database: string | undefined): Promise<Connection>
  readonly describe: (connection: Connection) => { readonly description: string; readonly advisory: boolean }
  /** Gives the server back, when the last database of this scratch is gone. */
  readonly release: () => Promise<void>
  /**
   * Of a server that goes with its databases: those that nobody uses any more, which are dropped when the next one is made, and with the server else.
   * Undefined for a server that stays: there databases are dropped at once, and collected where a killed process left them.
   */
  readonly unused?: string[]
  /** The database that migrations are for; undefined where none is known. */
  readonly target: string | undefined
  /** How far migrations that are replayed here may go. */
  readonly reach: ScratchReach
}

const PREFIX = 'yama_scratch_'
const ORPHAN_MINUTES = 60

/** A database that is empty but for the setup, dropped when it is disposed of. The setup runs once; others are copies. */
export async function throwAwayDatabase(server: DatabaseServer, setup: readonly string[]): Promise<Scratch> {
  let users = 0
  let hidden: FactBase | undefined
  let template = ''
  const prepare = async (): Promise<void> => {
    if (server.unused === undefined) await collectOrphans(server)
    if (setup.every((text) => text.trim() === '')) return
    template = await createDatabase(server, 'template0')
    const connection = await server.connect(template)
    try {
      hidden = await runSetup(connection, setup)
    } finally {
      await connection[Symbol.asyncDispose]()
    }
  }
  const leave = async (): Promise<void> => {
    if (--users > 0) return
    if (template !== '') await dropDatabase(server, template)
    await server.release()
  }
  const open = async (): Promise<Scratch> => {
    users++
    try {
      const name = await createDatabase(server, template === '' ? 'template0' : template)
      const own = await server.connect(name)
      const connection = withinScratch(own, (sql) => withinDatabase(sql, { database: name, target: server.target, reach: server.reach }))
      let disposed: Promise<void> | undefined
      const dispose = async (): Promise<void> => {
        await connection[Symbol.asyncDispose]()
        await dropDatabase(server, name)
        await leave()
      }
      return { connection, hidden, ...server.describe(connection), another: open, [Symbol.asyncDispose]: () => (disposed ??= dispose()) }
    } catch (error) {
      await leave()
      throw error
    }
  }
  users++
  try {
    await prepare()
    return await open()
  } finally {
    users--
    if (users === 0) {
      users++
      await leave()
    }
  }
}

async function createDatabase(server: DatabaseServer, template: string): Promise<string> {
  const name = PREFIX + randomBytes(6).toString('hex')
  const create = `CREATE DATABASE ${identifier(name)} TEMPLATE ${identifier(template)}${template === 'template0' ? " ENCODING 'UTF8'" : ''}`
  const comment = `COMMENT ON DATABASE ${identifier(name)} IS ${literal(`yama scratch ${new Date().toISOString()}`)}`
  await maintain(server, [create, ...(server.unused?.splice(0).map(dropOf) ?? [comment])])
  return name
}

const dropOf = (name: string): string => `DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`

async function dropDatabase(server: DatabaseServer, name: string): Promise<void> {
  if (server.unused === undefined) await maintain(server, [dropOf(name)])
  else server.unused.push(name)
}

async function maintain(server: DatabaseServer, statements: readonly string[]): Promise<void> {
  const connection = await server.connect(undefined)
  try {
    for (const sql of statements) await connection.execute(sql)
  } finally {
    await connection[Symbol.asyncDispose]()
  }
}

/** Databases that a killed process left behind, by the time in their comment. */
async function collectOrphans(server: DatabaseServer): Promise<void> {
  const connection = await server.connect(undefined)
  try {
    const { rows } = await connection.execute(
      `SELECT name FROM (SELECT datname AS name, substring(shobj_description(oid, 'pg_database') FROM '^yama scratch ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)$')::timestamptz AS made
  FROM pg_catalog.pg_database WHERE datname LIKE ${literal(`${PREFIX.replaceAll('_', '\\_')}%`)} AND pg_get_userbyid(datdba) = current_user) d
WHERE made < now() - interval '${String(ORPHAN_MINUTES)} minutes'`,
    )
    for (const { name } of rows) await connection.execute(`DROP DATABASE IF EXISTS ${identifier(String(name))} WITH (FORCE)`)
  } finally {
    await connection[Symbol.asyncDispose]()
  }
}
