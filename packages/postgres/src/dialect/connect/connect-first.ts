import type { Connection } from '@yama/core'
import type { PostgresTarget } from './parse-url.ts'

/**
 * Connects to the first host that answers and takes changes; to the first that only answers where none takes any, so that it can be
 * read at least. Rejects with the failure of the last host where none answers.
 */
export async function connectFirst(
  targets: readonly PostgresTarget[],
  connect: (target: PostgresTarget) => Promise<Connection>,
): Promise<Connection> {
  let reader: Connection | undefined
  let failure: unknown
  for (const [at, target] of targets.entries()) {
    try {
      const connection = await connect(target)
      if (!connection.server.readOnly || targets.length === 1) {
        await reader?.[Symbol.asyncDispose]()
        return connection
      }
      if (reader === undefined) reader = connection
      else await connection[Symbol.asyncDispose]()
    } catch (error) {
      failure = error
      if (at === targets.length - 1 && reader === undefined) throw error
    }
  }
  if (reader === undefined) throw failure
  return reader
}
