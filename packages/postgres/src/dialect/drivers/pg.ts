import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { Client, ClientConfig, Connection as PgConnection, Submittable } from 'pg'
import { postgresErrors } from '../../errors/errors.ts'
import { isServerFailure, serverFailure } from '../../errors/server-failure.ts'
import { sendCancel } from './cancel-request.ts'
import { loadPg } from './load-pg.ts'
import { failureOf, noticeOf, ReplyReader, type ErrorMessage } from './read-messages.ts'
import type { ServerNotice, Wire, WireReply } from './wire.ts'

/** The parts of pg's protocol object that one exchange needs; its published types lag behind. */
interface Protocol {
  readonly stream: { cork?(): void; uncork?(): void }
  query(text: string): void
  parse(message: { readonly name: string; readonly text: string; readonly types: readonly number[] }): void
  bind(message: {
    readonly portal: string
    readonly statement: string
    readonly values: readonly (string | null)[]
    readonly binary: boolean
  }): void
  describe(message: { readonly type: 'P'; readonly name: string }): void
  execute(message: { readonly portal: string; readonly rows: number }): void
  sync(): void
  sendCopyFail(reason: string): void
}

/** Opens a session with `pg`. Rejects with the driver's own error; the caller gives it a code. */
export async function connectPg(
  config: ClientConfig,
  onNotice: (notice: ServerNotice) => void,
  signal: AbortSignal | undefined,
): Promise<Wire> {
  const pg = await loadPg().catch((error: unknown) => {
    throw postgresErrors.YAMA_POSTGRES_DRIVER_MISSING(
      { driver: 'pg', reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) },
      { cause: error },
    )
  })
  // A copy: pg hides the key of the one that it gets.
  const tls = typeof config.ssl === 'object' ? { ...config.ssl } : config.ssl === true ? {} : undefined
  const client = new pg.Client(config)
  // A lost connection fails the statement that runs, or the next one; an idle one has nobody to tell.
  client.on('error', () => undefined)
  client.on('notice', (message) => onNotice(noticeOf(message as ErrorMessage)))
  // Ending in order would wait for the server's answer.
  const giveUp = (): void =>
    (client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }).connection.stream.destroy()
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    await client.connect()
  } catch (error) {
    // Why it could not connect is what counts, not that there is nothing to end.
    await client.end().catch(() => undefined)
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
  return pgWire(client, tls)
}

function pgWire(client: Client, tls: TlsOptions | undefined): Wire {
  const { processID, secretKey } = client as unknown as { readonly processID: number; readonly secretKey: number }
  const exchange = (sql: string, send: (protocol: Protocol) => void): Promise<WireReply> =>
    new Promise((resolve) => client.query(submittable(sql, send, resolve)))
  return {
    simple: (sql) => exchange(sql, (protocol) => protocol.query(sql)),
    extended: (sql, parameters) =>
      exchange(sql, (protocol) => {
        // One packet, as pg itself does.
        protocol.stream.cork?.()
        try {
          protocol.parse({ name: '', text: sql, types: [] })
          protocol.bind({ portal: '', statement: '', values: parameters, binary: false })
          protocol.describe({ type: 'P', name: '' })
          protocol.execute({ portal: '', rows: 0 })
          protocol.sync()
        } finally {
          protocol.stream.uncork?.()
        }
      }),
    cancel: () => sendCancel({ host: client.host, port: client.port, processID, secretKey, tls }),
    close: () => client.end(),
  }
}

/** pg hands each message of the running exchange to this object; after an error it sends nothing more of it. */
function submittable(sql: string, send: (protocol: Protocol) => void, done: (reply: WireReply) => void): Submittable {
  const reader = new ReplyReader()
  const handlers = {
    submit: (connection: PgConnection) => {
      send(connection as unknown as Protocol)
      return null
    },
    handleRowDescription: (message: { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] }) =>
      reader.describe(message.fields),
    handleDataRow: (message: { readonly fields: readonly (string | null)[] }) => reader.row(message.fields),
    handleCommandComplete: (message: { readonly text: string }) => reader.complete(message.text),
    handleEmptyQuery: () => undefined,
    handlePortalSuspended: () => undefined,
    handleCopyInResponse: (connection: Protocol) => connection.sendCopyFail('COPY FROM STDIN is not possible in a migration'),
    handleCopyData: () => undefined,
    handleReadyForQuery: () => done(reader.reply()),
    handleError: (error: unknown) => {
      reader.fail(fromDriver(error, sql))
      done(reader.reply())
    },
  }
  return handlers as unknown as Submittable
}

function fromDriver(error: unknown, sql: string): ReturnType<typeof serverFailure> {
  if (isServerFailure(error)) return error
  const message = error as ErrorMessage & { readonly severity?: string }
  if (message.severity !== undefined) return failureOf(message, sql)
  // No SQLSTATE: the connection is gone. 08006 is the server's own word for it.
  return serverFailure(error instanceof Error ? error.message : String(error), { code: '08006' }, error)
}
