import type { Command, Connection, Dialect, Migration } from '@yama/core'
import { applySmall } from './small-migrations.ts'

/** Reads are the runner's own care, and the check of the lock is, too; a floor has to send what is written. */
const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|WITH)\b/i
const isWrite = ({ sql }: Command): boolean => WRITES.test(sql) && !/yama_lease|yama_fence|yama\.lease|yama\.fence/.test(sql)

/**
 * What a run writes while it applies migrations, each entry what commits together: the statements, the rows of the history
 * and of the journal. A floor sends every entry in one round trip.
 */
export async function recordedWrites(dialect: Dialect, migrations: readonly Migration[]): Promise<readonly (readonly Command[])[]> {
  const entries: (readonly Command[])[] = []
  let open: Command[] | undefined
  const keep = (commands: readonly Command[]): void => {
    const written = commands.filter(isWrite)
    if (open !== undefined) open.push(...written)
    else if (written.length > 0) entries.push(written)
  }
  let recording = false
  const watch = (connection: Connection): Connection => ({
    server: connection.server,
    execute: (sql, parameters, signal) => {
      if (recording) keep([{ sql, ...(parameters === undefined ? {} : { parameters }) }])
      return connection.execute(sql, parameters, signal)
    },
    transaction: async (work, options) => {
      open = recording ? [] : undefined
      try {
        return await connection.transaction(work, options)
      } finally {
        if (open !== undefined && open.length > 0) entries.push(open)
        open = undefined
      }
    },
    batch: (commands, options, signal) => {
      // The first write of a run is its own beginning, from which on it is recorded.
      recording ||= commands.some(({ sql, parameters }) => `${sql}${JSON.stringify(parameters ?? [])}`.includes('run.started'))
      if (recording) keep(commands)
      return connection.batch(commands, options, signal)
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  })
  await applySmall({ ...dialect, connect: async (signal) => watch(await dialect.connect(signal)) }, migrations)
  return entries
}
