import { batchFailure, type Command, type Connection, type QueryResult, type ServerInfo } from '@yama/core'
import type { FakeDatabase } from './fake-database.ts'
import { runFakeCommand } from './fake-commands.ts'
import { runHistoryCommand } from './fake-history.ts'

export interface FakeConnection extends Connection {
  readonly session: symbol
}

const server: ServerInfo = {
  kind: 'sqlite',
  product: 'Fake 1.0',
  version: '1.0',
  major: 1,
  host: 'memory',
  database: 'fake',
  user: 'tester',
  readOnly: false,
  pooler: false,
}

/** One session of a fake database; a second session waits while a transaction is open. */
export function createFakeConnection(database: FakeDatabase): FakeConnection {
  const session = Symbol('session')
  const mine = (): boolean => database.transaction?.owner === session

  const run = async (command: Command, signal: AbortSignal | undefined): Promise<QueryResult> => {
    signal?.throwIfAborted()
    await database.free(session)
    if (runHistoryCommand(database, command) === true) return { rows: [], affected: 1 }
    return await runFakeCommand(database, command.sql, mine(), signal)
  }

  const transaction = async <T>(work: () => Promise<T>): Promise<T> => {
    if (mine()) return await work()
    await database.free(session)
    const open = { owner: session, undo: [] as (() => void)[] }
    database.transaction = open
    try {
      return await work()
    } catch (error) {
      for (const back of open.undo.reverse()) back()
      throw error
    } finally {
      database.transaction = undefined
      database.wake()
    }
  }

  return {
    session,
    server,
    transaction,
    execute: (sql, parameters, signal) => run(parameters === undefined ? { sql } : { sql, parameters }, signal),
    batch: async (commands, options, signal) => {
      const all = async (): Promise<readonly QueryResult[]> => {
        const results: QueryResult[] = []
        for (const [index, command] of commands.entries()) {
          try {
            results.push(await run(command, signal))
          } catch (cause) {
            throw batchFailure(index, cause)
          }
        }
        return results
      }
      return options.transaction ? await transaction(all) : await all()
    },
    [Symbol.asyncDispose]: async () => {
      for (const [key, lock] of database.locks) if (lock.owner === session) database.locks.delete(key)
    },
  }
}
