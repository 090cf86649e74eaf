import type { Connection } from '@yama/core'
import { postgres } from '@yama/postgres'
import { postgresTargets } from '@yama/testkit'
import { inNewDatabase, sharedPglite } from './runtime-database.ts'

/** Where the schema side is tested: every server that is there, and PGlite. */
export const targets = await postgresTargets()
export type Target = (typeof targets)[number]

/** Runs work on a connection to an empty database of the target. */
export async function inEmptyDatabase<T>(target: Target, work: (connection: Connection) => Promise<T>): Promise<T> {
  if (target.driver === 'pglite') {
    try {
      await using connection = await sharedPglite.open().connect()
      return await work(connection)
    } finally {
      await sharedPglite.close()
    }
  }
  return await inNewDatabase(target.url, async (url) => {
    await using connection = await postgres({ url }).connect()
    return await work(connection)
  })
}
