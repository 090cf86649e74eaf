import type { PGlite } from '@electric-sql/pglite'
import { postgresErrors } from '../../errors/errors.ts'
import { serverFailure } from '../../errors/server-failure.ts'
import { extendedMessages, queryMessage } from './protocol-messages.ts'
import { failureOf, noticeOf, ReplyReader, type ErrorMessage } from './read-messages.ts'
import type { ServerNotice, Wire, WireReply } from './wire.ts'

/** Messages of PGlite's parser that matter here. */
type BackendMessage =
  | { readonly name: 'rowDescription'; readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] }
  | { readonly name: 'dataRow'; readonly fields: readonly (string | null)[] }
  | { readonly name: 'commandComplete'; readonly text: string }
  | ({ readonly name: 'error' } & ErrorMessage)
  | { readonly name: 'readyForQuery' | 'notice' }

/** Starts PGlite; `directory` undefined means in memory. Rejects with PGlite's own error. */
export async function startPglite(directory: string | undefined): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite').catch((error: unknown) => {
    throw postgresErrors.YAMA_POSTGRES_DRIVER_MISSING(
      { driver: '@electric-sql/pglite', reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) },
      { cause: error },
    )
  })
  return await PGlite.create(directory === undefined ? {} : { dataDir: directory })
}

/** The one session of a PGlite instance. Closing is the instance's matter; nothing can cancel a statement that blocks the thread. */
export function pgliteWire(instance: PGlite, onNotice: (notice: ServerNotice) => void): Wire {
  const exchange = async (sql: string, bytes: Uint8Array): Promise<WireReply> => {
    const reader = new ReplyReader()
    try {
      const { messages } = await instance.execProtocol(bytes, {
        throwOnError: false,
        onNotice: (notice) => onNotice(noticeOf(notice as ErrorMessage)),
      })
      for (const message of messages as unknown as readonly BackendMessage[]) read(reader, message, sql)
    } catch (error) {
      reader.fail(serverFailure(error instanceof Error ? error.message : String(error), { code: '08006' }, error))
    }
    return reader.reply()
  }
  return {
    simple: (sql) => exchange(sql, queryMessage(sql)),
    extended: (sql, parameters) => exchange(sql, extendedMessages(sql, parameters)),
    cancel: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

function read(reader: ReplyReader, message: BackendMessage, sql: string): void {
  if (message.name === 'rowDescription') reader.describe(message.fields)
  else if (message.name === 'dataRow') reader.row(message.fields)
  else if (message.name === 'commandComplete') reader.complete(message.text)
  else if (message.name === 'error') reader.fail(failureOf(message, sql))
}
