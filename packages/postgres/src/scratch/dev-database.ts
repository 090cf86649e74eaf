import type { Connection, Dialect } from '@yama/core'
import { withinScratch, type Scope, type Scratch, type ScratchReach } from '@yama/schema'
import { postgresErrors } from '../errors/errors.ts'
import { redactUrl } from '../dialect/connect/redact.ts'
import { clear } from './clear.ts'
import { keepPrivileges } from './kept-privileges.ts'
import { differs, versionNote } from './wanted-version.ts'
import { runSetup } from './run-setup.ts'
import { withinDatabase } from './within-database.ts'

const EVERYTHING: Scope = { schemas: [], include: [], exclude: [] }

export interface DevDatabaseOptions {
  readonly setup: readonly string[]
  readonly major: number | undefined
  /** The database that migrations are for; undefined where none is known. */
  readonly target: string | undefined
  readonly reach: ScratchReach
}

/** The user's own scratch database, emptied before and after. Rejects with YAMA_SCRATCH_NOT_EMPTY where it has a history. */
export async function devDatabase(
  dialect: Dialect,
  url: string,
  { setup, major, target, reach }: DevDatabaseOptions,
  another: () => Promise<Scratch>,
): Promise<Scratch> {
  const own: Connection = await dialect.connect()
  const connection = withinScratch(own, (sql) => withinDatabase(sql, { database: own.server.database, target, reach }))
  try {
    const history = await dialect.createHistory(connection, { project: 'default' }).read()
    if (history.exists) throw postgresErrors.YAMA_SCRATCH_NOT_EMPTY({ url: redactUrl(url) })
    await clear(connection, EVERYTHING)
    const restorePrivileges = await keepPrivileges(own)
    const hidden = await runSetup(own, setup)
    let disposed: Promise<void> | undefined
    const dispose = async (): Promise<void> => {
      try {
        await clear(connection, EVERYTHING)
        await restorePrivileges()
      } finally {
        await connection[Symbol.asyncDispose]()
      }
    }
    return {
      connection,
      hidden,
      advisory: differs(connection, major),
      another,
      description: `${connection.server.product}, devUrl ${redactUrl(url)}${versionNote(connection, major)}`,
      [Symbol.asyncDispose]: () => (disposed ??= dispose()),
    }
  } catch (error) {
    await connection[Symbol.asyncDispose]()
    throw error
  }
}
