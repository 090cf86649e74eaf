import type { Connection } from '@yama/core'
import { withinScratch, type Scratch, type ScratchReach } from '@yama/schema'
import { backticked } from '../text/names.ts'
import { madeAt, scratchName } from './database-name.ts'
import { runSetup } from './run-setup.ts'
import { withinDatabase } from './within-database.ts'

export interface DatabaseServer {
  /** Connects to a database of the server; undefined is the one that its URL names, or none. */
  connect(database: string | undefined): Promise<Connection>
  readonly describe: (connection: Connection) => { readonly description: string; readonly advisory: boolean }
  /** Gives the server back, when the last database of this scratch is gone. */
  readonly release: () => Promise<void>
  /** The database that migrations are for; empty where none is known. */
  readonly target: string
  /** How far migrations that are replayed here may go. */
  readonly reach: ScratchReach
}

const ORPHAN_MS = 60 * 60 * 1000

/**
 * A database that is empty but for the setup, made for this use and dropped when it is disposed of. It has the character set of the database that the URL
 * names, since what states none follows it.
 */
export async function throwAwayDatabase(server: DatabaseServer, setup: readonly string[]): Promise<Scratch> {
  const maintenance = await server.connect(undefined)
  let users = 0
  const collation = await collationOf(maintenance)
  const open = async (): Promise<Scratch> => {
    users++
    const name = scratchName(Date.now())
    const drop = async (): Promise<void> => {
      await maintenance.execute(`DROP DATABASE IF EXISTS ${backticked(name)}`)
      if (--users > 0) return
      await maintenance[Symbol.asyncDispose]()
      await server.release()
    }
    // Without IF NOT EXISTS: a database that is there already is never taken.
    await maintenance.execute(`CREATE DATABASE ${backticked(name)}${collation === undefined ? '' : ` COLLATE ${collation}`}`)
    try {
      const own = await server.connect(name)
      const hidden = await runSetup(own, setup)
      const connection = withinScratch(own, (sql) => withinDatabase(sql, { database: name, target: server.target, reach: server.reach }))
      let disposed: Promise<void> | undefined
      const dispose = async (): Promise<void> => {
        await connection[Symbol.asyncDispose]()
        await drop()
      }
      return { connection, hidden, ...server.describe(connection), another: open, [Symbol.asyncDispose]: () => (disposed ??= dispose()) }
    } catch (error) {
      await drop()
      throw error
    }
  }
  try {
    await collectOrphans(maintenance)
    return await open()
  } catch (error) {
    if (users === 0) {
      await maintenance[Symbol.asyncDispose]()
      await server.release()
    }
    throw error
  }
}

async function collationOf(connection: Connection): Promise<string | undefined> {
  const { rows } = await connection.execute('SELECT if(DATABASE() IS NULL, NULL, @@collation_database) AS collation')
  const found = rows[0]?.['collation']
  return typeof found === 'string' ? found : undefined
}

/** Databases that a killed process left behind an hour ago or longer. */
async function collectOrphans(connection: Connection): Promise<void> {
  const { rows } = await connection.execute(
    String.raw`SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'yama\_scratch\_%'`,
  )
  for (const row of rows) {
    const made = madeAt(String(row['name']))
    if (made !== undefined && Date.now() - made > ORPHAN_MS)
      await connection.execute(`DROP DATABASE IF EXISTS ${backticked(String(row['name']))}`)
  }
}
