import { batchFailure, YamaError, type Command, type Connection, type QueryResult, type ServerInfo } from '@yama/core'
import { runBeforeClose, type Mutex } from '@yama/core/dialect-kit'
import { postgresErrors } from '../errors/errors.ts'
import { withSignal } from './with-signal.ts'
import type { Wire, WireReply } from './drivers/wire.ts'
import { batchText, isEmptyStatement } from './statements/batch-text.ts'
import { locatedFailure } from './statements/located-failure.ts'
import { runBatches } from './statements/run-batches.ts'
import { touchesSession } from './statements/touches-session.ts'
import { isUnreadable, unreadableCommand, withPlace } from './statements/unreadable-text.ts'
import { waitsForOthers } from './statements/waits-for-others.ts'
import { toQueryResult } from './values/query-result.ts'
import { toText } from './values/to-text.ts'

export interface ConnectionInit {
  readonly wire: Wire
  readonly server: ServerInfo
  /** Shared where several connections share one session. */
  readonly session: Mutex
  /** A second level for what runs inside the transaction which holds the session. */
  readonly inside: Mutex
  /** Settings that every transaction starts with, where the session itself keeps none: behind a transaction pooler. */
  readonly local: readonly string[]
  /** Empty where `lock_timeout` is not set for the session. */
  readonly lockTimeout: string
  readonly close: () => Promise<void>
}

const NOTHING: QueryResult = Object.freeze({ rows: [], affected: 0 })

/** One session as core sees it, over either driver. Statements are queued: the protocol takes one exchange at a time. */
export function createConnection({ wire, server, session, inside, local, lockTimeout, close }: ConnectionInit): Connection {
  let depth = 0
  let closed: Promise<void> | undefined
  let ending: Promise<void> | undefined

  const take = <T>(work: () => Promise<T>): Promise<T> => {
    if (closed !== undefined) return Promise.reject(postgresErrors.YAMA_POSTGRES_CLOSED({ database: server.database }))
    return depth > 0 ? inside.run(work) : session.run(work)
  }
  const simple = async (sql: string): Promise<WireReply> => {
    const reply = await wire.simple(sql)
    if (reply.failure !== undefined) throw reply.failure
    return reply
  }
  const statement = async (sql: string, parameters: readonly unknown[], signal: AbortSignal | undefined): Promise<QueryResult> => {
    if (isEmptyStatement(sql)) return NOTHING
    const alone = depth === 0 && lockTimeout !== '' && waitsForOthers(sql)
    if (alone) await simple('SET lock_timeout = 0')
    try {
      const reply = await withSignal(wire, signal, () =>
        parameters.length === 0 ? wire.simple(sql) : wire.extended(sql, parameters.map(toText)),
      )
      if (reply.failure !== undefined) throw isUnreadable(reply.failure, []) ? withPlace(reply.failure, sql) : reply.failure
      const result = reply.results.at(-1)
      return result === undefined ? NOTHING : toQueryResult(result)
    } finally {
      if (alone) await simple(`SET lock_timeout = ${lockTimeout}`).catch(lostMeanwhile)
    }
  }

  const connection: Connection = {
    server,
    execute: (sql, parameters = [], signal) => take(() => statement(sql, parameters, signal)),
    batch: (commands, { transaction }, signal) =>
      take(async () => {
        signal?.throwIfAborted()
        if (transaction || depth > 0) return await transactionBatch(commands, depth === 0, signal)
        const results: QueryResult[] = []
        for (const [index, { sql, parameters = [] }] of commands.entries()) {
          results.push(await statement(sql, parameters, signal).catch((error: unknown) => Promise.reject(batchFailure(index, error))))
        }
        return results
      }),
    batches: (transactions, signal) =>
      session.run(async () => {
        if (closed !== undefined) throw postgresErrors.YAMA_POSTGRES_CLOSED({ database: server.database })
        signal?.throwIfAborted()
        if (transactions.some((commands) => commands.some(({ sql }) => touchesSession(sql)))) return { committed: 0, unread: true }
        return await runBatches(wire, transactions, ['BEGIN', ...local], (text) => withSignal(wire, signal, () => wire.simple(text)))
      }),
    transaction: (work) => (depth > 0 ? nested(work) : session.run(() => outermost(work))),
    [Symbol.asyncDispose]: () => (ending ??= runBeforeClose(server).finally(() => (closed = session.run(close)))),
  }

  async function transactionBatch(
    commands: readonly Command[],
    outer: boolean,
    signal: AbortSignal | undefined,
  ): Promise<readonly QueryResult[]> {
    const batch = batchText(commands, outer ? ['BEGIN', ...local] : [], outer ? ['COMMIT'] : [])
    if (batch.text === '') return commands.map(() => NOTHING)
    const { results, failure } = await withSignal(wire, signal, () => wire.simple(batch.text))
    if (failure !== undefined) {
      // A text that does not parse never got to its BEGIN.
      if (outer && results.length > 0) await wire.simple('ROLLBACK')
      if (isUnreadable(failure, results)) throw (await unreadableCommand(wire, commands)) ?? failure
      throw locatedFailure(batch, commands.length, results.length, failure, failure.offset)
    }
    if (outer && results.at(-1)?.tag === 'ROLLBACK') throw postgresErrors.YAMA_POSTGRES_COMMIT_ROLLED_BACK({})
    const byCommand = new Map(batch.commands.map((index, position) => [index, results[batch.opening + position]]))
    return commands.map((_, index) => {
      const result = byCommand.get(index)
      return result === undefined ? NOTHING : toQueryResult(result)
    })
  }

  async function outermost<T>(work: () => Promise<T>): Promise<T> {
    if (closed !== undefined) throw postgresErrors.YAMA_POSTGRES_CLOSED({ database: server.database })
    await simple(['BEGIN', ...local].join('; '))
    depth = 1
    try {
      const value = await work()
      const ended = await inside.run(() => simple('COMMIT'))
      if (ended.results.at(-1)?.tag === 'ROLLBACK') throw postgresErrors.YAMA_POSTGRES_COMMIT_ROLLED_BACK({})
      return value
    } catch (error) {
      if (!(YamaError.is(error) && error.code === 'YAMA_POSTGRES_COMMIT_ROLLED_BACK')) await inside.run(() => wire.simple('ROLLBACK'))
      throw error
    } finally {
      depth = 0
    }
  }

  async function nested<T>(work: () => Promise<T>): Promise<T> {
    const name = `yama_${String(depth)}`
    await inside.run(() => simple(`SAVEPOINT ${name}`))
    depth++
    try {
      const value = await work()
      await inside.run(() => simple(`RELEASE SAVEPOINT ${name}`))
      return value
    } catch (error) {
      await inside.run(() => wire.simple(`ROLLBACK TO SAVEPOINT ${name}; RELEASE SAVEPOINT ${name}`))
      throw error
    } finally {
      depth--
    }
  }
  return Object.freeze(connection)
}

/** The session is gone; the statement's own failure says so already. */
const lostMeanwhile = (error: unknown): void => {
  if ((error as { code?: unknown }).code !== '08006') throw error
}
