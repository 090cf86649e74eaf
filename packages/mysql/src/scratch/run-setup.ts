import type { Connection } from '@yama/core'
import type { FactBase } from '@yama/schema'
import { lexerRules, splitStatements } from '@yama/sql'
import { mysqlErrors } from '../errors/errors.ts'
import { extract } from '../extract/extract.ts'

/** Runs the setup in an empty database and returns what it made. Rejects with YAMA_MYSQL_SCRATCH_SETUP. */
export async function runSetup(connection: Connection, setup: readonly string[]): Promise<FactBase | undefined> {
  if (setup.every((text) => text.trim() === '')) return undefined
  for (const { text, line } of setup.flatMap((script) => splitStatements(script, lexerRules.mysql))) {
    try {
      await connection.execute(text)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw mysqlErrors.YAMA_MYSQL_SCRATCH_SETUP(
        { reason: `${reason} (line ${String(line)})`, product: connection.server.product },
        { cause: error },
      )
    }
  }
  return await extract(connection, { schemas: [], include: [], exclude: [] })
}
