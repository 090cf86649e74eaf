import { batchFailure, type Command, type Connection } from '@yama/core'

/**
 * The connection of a scratch database on which every statement is read first: `read` gives the text that is run instead, and throws where it would
 * change what is not in the scratch database. Then nothing of its batch is run.
 *
 * @example withinScratch(connection, (sql) => sql.replaceAll('app.', `${connection.server.database}.`))
 */
export function withinScratch(connection: Connection, read: (sql: string) => string): Connection {
  const readAll = (commands: readonly Command[]): readonly Command[] =>
    commands.map((command, index) => {
      try {
        return { ...command, sql: read(command.sql) }
      } catch (cause) {
        throw batchFailure(index, cause)
      }
    })
  const { commitThen, batches } = connection
  return Object.freeze<Connection>({
    server: connection.server,
    execute: async (sql, parameters, signal) => await connection.execute(read(sql), parameters, signal),
    batch: async (commands, options, signal) => await connection.batch(readAll(commands), options, signal),
    ...(commitThen === undefined
      ? {}
      : {
          commitThen: async (commands, statement, options, signal) =>
            await commitThen.call(connection, readAll(commands), read(statement), options, signal),
        }),
    ...(batches === undefined
      ? {}
      : { batches: async (transactions, signal) => await batches.call(connection, transactions.map(readAll), signal) }),
    transaction: (work, options) => connection.transaction(work, options),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  })
}
