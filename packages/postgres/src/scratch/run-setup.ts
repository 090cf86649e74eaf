import type { Connection } from '@yama/core'
import type { FactBase, Scope } from '@yama/schema'
import { lexerRules, splitStatements } from '@yama/sql'
import { postgresErrors } from '../errors/errors.ts'
import { extract } from '../extract/extract.ts'
import { describeFailure } from '../dialect/failures.ts'

const EVERYTHING: Scope = { schemas: [], include: [], exclude: [] }

/**
 * Runs the setup in an empty database and returns what it made. A role that exists already is no failure: roles belong
 * to the server, and the database before this one may have made it. Rejects with YAMA_SCRATCH_SETUP.
 */
export async function runSetup(connection: Connection, setup: readonly string[]): Promise<FactBase | undefined> {
  if (setup.every((text) => text.trim() === '')) return undefined
  for (const statement of setup.flatMap((text) => splitStatements(text, lexerRules.postgres))) {
    try {
      await connection.execute(statement.text)
    } catch (error) {
      const { code, message } = describeFailure(error)
      if (code === '42710' && /^\s*CREATE\s+(?:ROLE|USER|GROUP)\b/i.test(statement.text)) continue
      throw postgresErrors.YAMA_SCRATCH_SETUP(
        { reason: `${message} (line ${String(statement.line)})`, product: connection.server.product },
        { cause: error },
      )
    }
  }
  return await extract(connection, EVERYTHING)
}
