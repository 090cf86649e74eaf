import type { Connection as Mysql2Connection, ConnectionOptions, FieldPacket, Query, ResultSetHeader } from 'mysql2'
import { mysqlErrors } from '../../errors/errors.ts'
import { serverFailure, type ServerFailure } from '../../errors/server-failure.ts'
import type { Wire, WireReply, WireResult } from './wire.ts'

/**
 * Values as the server prints them where JavaScript would lose something: `bigint` and `decimal`, every date and time,
 * JSON. Numbers up to 32 bits and floats are numbers, bytes are buffers. MariaDB's JSON is a text, so MySQL's is one too.
 */
const VALUES = {
  supportBigNumbers: true,
  bigNumberStrings: true,
  dateStrings: true,
  jsonStrings: true,
  rowsAsArray: true,
} as const satisfies ConnectionOptions

/**
 * Opens a session with `mysql2`. Rejects with the driver's own error; the caller gives it a code. `config` is asked for
 * again by each cancel, since a token in place of a password may have run out meanwhile.
 */
export async function connectMysql2(config: () => Promise<ConnectionOptions>, signal: AbortSignal | undefined): Promise<Wire> {
  const connection = await open(await config(), signal)
  const { threadId } = connection
  return {
    query: (sql) => exchange(connection, sql),
    cancel: () => killQuery(config, threadId),
    close: () => end(connection),
  }
}

async function open(config: ConnectionOptions, signal: AbortSignal | undefined): Promise<Mysql2Connection> {
  const { default: mysql } = await import('mysql2').catch((error: unknown) => {
    throw mysqlErrors.YAMA_MYSQL_DRIVER_MISSING(
      { reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) },
      { cause: error },
    )
  })
  signal?.throwIfAborted()
  // Several statements in one text are for `batch` alone; `createConnection` refuses them in a statement.
  const connection = mysql.createConnection({ ...config, ...VALUES, multipleStatements: true, disableEval: true })
  const giveUp = (): void => connection.destroy()
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('connect', () => resolve())
      connection.once('error', reject)
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  } catch (error) {
    connection.destroy()
    throw error
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
  // A lost connection fails the statement that runs, or the next one; an idle one has nobody to tell.
  connection.on('error', () => undefined)
  return connection
}

function exchange(connection: Mysql2Connection, sql: string): Promise<WireReply> {
  return new Promise((resolve) => {
    // A closed connection answers before `query` returns.
    const sent: { query?: Query } = {}
    sent.query = connection.query(sql, (error, rows, fields) => {
      if (error === null) return resolve({ results: resultsOf(rows, fields), failure: undefined })
      resolve({ results: answersBefore(sent.query), failure: fromDriver(error) })
    })
  })
}

/** The driver counts answers and keeps them; with an error it tells nothing of those before. */
function answersBefore(query: Query | undefined): readonly WireResult[] {
  const { _resultIndex, _rows, _fields } = (query ?? {}) as {
    readonly _resultIndex?: number
    readonly _rows?: readonly Answer[]
    readonly _fields?: readonly (readonly FieldPacket[] | undefined)[]
  }
  return (_rows ?? []).slice(0, _resultIndex ?? 0).map((answer, index) => resultOf(answer, _fields?.[index]))
}

type Answer = ResultSetHeader | readonly (readonly unknown[])[]

/** One answer comes as it is, several as lists of answers and of their fields. */
function resultsOf(rows: unknown, fields: unknown): readonly WireResult[] {
  const several = Array.isArray(fields) ? fields.some((entry) => entry === undefined || Array.isArray(entry)) : false
  const answers = (several ? rows : [rows]) as readonly (Answer | undefined)[]
  const columns = (several ? fields : [fields]) as readonly (readonly FieldPacket[] | undefined)[]
  return answers.map((answer, index) => resultOf(answer, columns[index]))
}

function resultOf(answer: Answer | undefined, fields: readonly FieldPacket[] | undefined): WireResult {
  if (fields !== undefined) {
    const rows = (answer ?? []) as readonly (readonly unknown[])[]
    return { fields: fields.map(({ name }) => name), rows, affected: 0, status: undefined }
  }
  const { affectedRows = 0, serverStatus } = (answer ?? {}) as Partial<ResultSetHeader>
  return { fields: [], rows: [], affected: Number(affectedRows), status: serverStatus }
}

/** The driver's error as the dialect's; the connection's end has no number. */
export function fromDriver(error: unknown): ServerFailure {
  const { errno, code, sqlState, sqlMessage, message, fatal } = error as {
    readonly errno?: unknown
    readonly code?: unknown
    readonly sqlState?: unknown
    readonly sqlMessage?: unknown
    readonly message?: unknown
    readonly fatal?: unknown
  }
  const text = typeof sqlMessage === 'string' ? sqlMessage : typeof message === 'string' ? message : String(error)
  const lost = fatal === true ? 'PROTOCOL_CONNECTION_LOST' : 'UNKNOWN'
  return serverFailure(
    text,
    {
      errno: typeof errno === 'number' ? errno : 0,
      code: typeof code === 'string' ? code : lost,
      ...(typeof sqlState === 'string' ? { sqlState } : {}),
    },
    error,
  )
}

/** KILL QUERY, from a session of its own as the protocol has no other way; resolves also when nothing could be stopped: the statement then ends by itself. */
async function killQuery(config: () => Promise<ConnectionOptions>, threadId: number): Promise<void> {
  try {
    const connection = await open(await config(), AbortSignal.timeout(5000))
    try {
      await exchange(connection, `KILL QUERY ${String(threadId)}`)
    } finally {
      connection.destroy()
    }
  } catch {
    // Nobody to tell: the signal's owner waits for the statement in any case.
  }
}

function end(connection: Mysql2Connection): Promise<void> {
  return new Promise((resolve) => {
    connection.end(() => {
      connection.destroy()
      resolve()
    })
  })
}
