import { batchFailure, type Command, type Connection, type QueryResult, type ServerInfo } from '@yama/core'
import { runBeforeClose, type Mutex } from '@yama/core/dialect-kit'
import { mysqlErrors } from '../errors/errors.ts'
import type { Wire, WireReply, WireResult } from './drivers/wire.ts'
import { BATCH_END, BATCH_OPENING, batchText, SEPARATOR, type BatchText } from './statements/batch-text.ts'
import { followsCommit } from './statements/follows-commit.ts'
import { inlineParameters } from './statements/inline-parameters.ts'
import { noteSession } from './keep-session.ts'
import { forgetSeen, lookAhead, type LookAhead } from './probe/look-ahead.ts'
import { batchFailureOf, located } from './statements/located-failure.ts'
import { runBatches } from './statements/run-batches.ts'
import { movesSession } from './statements/moves-session.ts'
import { sessionSettings } from './statements/session-settings.ts'
import { sessionVariables } from './statements/session-variables.ts'
import { temporaryTable } from './statements/temporary-table.ts'
import { changesReading, commitsByItself, isEmptyStatement, statementCount } from './statements/statement-kind.ts'
import { toQueryResult } from './values/query-result.ts'
import { withSignal } from './with-signal.ts'

export interface ConnectionInit {
  readonly wire: Wire
  readonly server: ServerInfo
  readonly session: Mutex
  /** A second level for what runs inside the transaction which holds the session. */
  readonly inside: Mutex
  /** Longest text that the server takes, in bytes. */
  readonly maxPacket: number
}

const NOTHING: QueryResult = Object.freeze({ rows: [], affected: 0 })
const IN_TRANSACTION = 1

/**
 * One session as core sees it. A transaction here is one, or it is refused: statements which commit by themselves are not
 * let into it, and one that was ended from inside (a routine with DDL) is an error, never a success.
 */
export function createConnection({ wire, server, session, inside, maxPacket }: ConnectionInit): Connection {
  let depth = 0
  let closed: Promise<void> | undefined
  let ending: Promise<void> | undefined
  const settings = sessionSettings()
  noteSession(server, settings)

  const take = <T>(work: () => Promise<T>): Promise<T> => {
    if (closed !== undefined) return Promise.reject(mysqlErrors.YAMA_MYSQL_CLOSED({ database: server.database }))
    return depth > 0 ? inside.run(work) : session.run(work)
  }
  const run = async (sql: string): Promise<readonly WireResult[]> => {
    const { results, failure } = await wire.query(sql)
    if (failure !== undefined) throw located(failure, sql)
    return results
  }
  const statement = async (
    sql: string,
    parameters: readonly unknown[],
    signal: AbortSignal | undefined,
    within: boolean,
  ): Promise<QueryResult> => {
    if (isEmptyStatement(sql)) return NOTHING
    const count = statementCount(sql)
    if (count > 1) throw mysqlErrors.YAMA_MYSQL_SEVERAL_STATEMENTS({ count })
    if (within) refuseCommit(sql)
    if (changesReading(sql)) settings.note(sql)
    forgetSeen(server, sql)
    const results = await withSignal(wire, signal, () => run(inlineParameters(sql, parameters))).catch(async (error: unknown) => {
      const back = settings.giveBack(sql)
      // A session that is gone has nothing to take back.
      if (back !== undefined) await wire.query(back)
      throw error
    })
    const { status } = results.at(-1) ?? {}
    if (within && status !== undefined && (status & IN_TRANSACTION) === 0)
      throw mysqlErrors.YAMA_MYSQL_TRANSACTION_ENDED({ statement: firstLine(sql) })
    // A procedure answers with its rows and then with its end.
    const answer = results.findLast(({ fields }) => fields.length > 0) ?? results.at(-1)
    return answer === undefined ? NOTHING : toQueryResult(answer)
  }

  const connection: Connection = {
    server,
    execute: (sql, parameters = [], signal) => take(() => statement(sql, parameters, signal, depth > 0)),
    batch: (commands, { transaction, ahead = [] }, signal) =>
      take(async () => {
        signal?.throwIfAborted()
        const outer = transaction && depth === 0
        if (outer || depth > 0) {
          for (const [index, { sql }] of commands.entries()) {
            if (commitsByItself(sql)) throw batchFailure(index, implicitCommit(sql))
          }
        }
        const [opening, closing] = outer ? [BATCH_OPENING, BATCH_END] : [[], []]
        for (const { sql } of commands) forgetSeen(server, sql)
        const text = settings.readsOtherwise ? undefined : batchText(commands, opening, closing, maxPacket)
        if (text === undefined) return await oneByOne(commands, outer, signal)
        return await together(text, commands.length, outer, lookAhead(server, ahead), signal)
      }),
    commitThen: (commands, sql, { ahead = [] }, signal) =>
      take(async () => {
        signal?.throwIfAborted()
        if (depth > 0 || settings.readsOtherwise || !followsCommit(sql)) return undefined
        forgetSeen(server, sql)
        const text = batchText(commands, BATCH_OPENING, BATCH_END, maxPacket)
        const look = lookAhead(server, ahead)
        const all = [text?.text ?? '', sql, ...(look === undefined ? [] : [look.sql])].join(SEPARATOR)
        if (text === undefined || all.length * 3 > maxPacket) return undefined
        const { results, failure } = await withSignal(wire, signal, () => wire.query(all))
        const answer = results[text.size]
        if (answer !== undefined) {
          learn(look, results[text.size + 1], failure)
          return toQueryResult(answer)
        }
        if (failure === undefined || results.length === text.size)
          throw batchFailure(commands.length + 1, failure && located(failure, sql, `${SEPARATOR}${look?.sql ?? ''}`))
        await wire.query('ROLLBACK')
        throw batchFailureOf(text, commands.length, results.length, failure)
      }),
    batches: (transactions, signal) =>
      session.run(async () => {
        if (closed !== undefined) throw mysqlErrors.YAMA_MYSQL_CLOSED({ database: server.database })
        signal?.throwIfAborted()
        const leaves = transactions.some((commands) => commands.some(({ sql }) => leavesSession(sql)))
        if (settings.readsOtherwise || leaves) return { committed: 0, unread: true }
        return await runBatches(wire, transactions, maxPacket, (text) => withSignal(wire, signal, () => wire.query(text)))
      }),
    transaction: (work) => (depth > 0 ? nested(work) : session.run(() => outermost(work))),
    [Symbol.asyncDispose]: () => (ending ??= runBeforeClose(server).finally(() => (closed = session.run(() => wire.close())))),
  }

  async function together(
    batch: BatchText,
    count: number,
    outer: boolean,
    look: LookAhead | undefined,
    signal: AbortSignal | undefined,
  ): Promise<readonly QueryResult[]> {
    if (batch.statements.length === 0) return Array.from({ length: count }, () => NOTHING)
    const text = look === undefined ? batch.text : `${batch.text}${SEPARATOR}${look.sql}`
    const { results, failure } = await withSignal(wire, signal, () => wire.query(text))
    if (results.length >= batch.size) learn(look, results[batch.size], failure)
    else if (failure !== undefined) {
      if (outer) await wire.query('ROLLBACK')
      throw batchFailureOf(batch, count, results.length, failure)
    }
    const byCommand = new Map(batch.commands.map((index, position) => [index, results[batch.opening + position]]))
    return Array.from({ length: count }, (_, index) => {
      const result = byCommand.get(index)
      return result === undefined ? NOTHING : toQueryResult(result)
    })
  }

  async function oneByOne(commands: readonly Command[], outer: boolean, signal: AbortSignal | undefined): Promise<readonly QueryResult[]> {
    const results: QueryResult[] = []
    if (outer) await run('START TRANSACTION')
    try {
      for (const [index, { sql, parameters = [] }] of commands.entries()) {
        const within = outer || depth > 0
        results.push(await statement(sql, parameters, signal, within).catch((error: unknown) => Promise.reject(batchFailure(index, error))))
      }
      if (outer) await run('COMMIT').catch((error: unknown) => Promise.reject(batchFailure(commands.length, error)))
      return results
    } catch (error) {
      if (outer) await wire.query('ROLLBACK')
      throw error
    }
  }

  async function outermost<T>(work: () => Promise<T>): Promise<T> {
    if (closed !== undefined) throw mysqlErrors.YAMA_MYSQL_CLOSED({ database: server.database })
    await run('START TRANSACTION')
    depth = 1
    try {
      const value = await work()
      await inside.run(() => run('COMMIT'))
      return value
    } catch (error) {
      await inside.run(() => wire.query('ROLLBACK'))
      throw error
    } finally {
      depth = 0
    }
  }

  async function nested<T>(work: () => Promise<T>): Promise<T> {
    const name = `yama_${String(depth)}`
    await inside.run(() => run(`SAVEPOINT ${name}`))
    depth++
    try {
      const value = await work()
      await inside.run(() => run(`RELEASE SAVEPOINT ${name}`))
      return value
    } catch (error) {
      // A deadlock has undone the whole transaction and its savepoints with it; the failure itself says so.
      await inside.run(() => wire.query(`ROLLBACK TO SAVEPOINT ${name}`))
      throw error
    } finally {
      depth--
    }
  }
  return Object.freeze(connection)
}

function learn(look: LookAhead | undefined, answer: WireResult | undefined, failure: WireReply['failure']): void {
  if (answer !== undefined) look?.learn(toQueryResult(answer))
  else if (failure !== undefined) look?.learn(failure)
}

const leavesSession = (sql: string): boolean =>
  sessionVariables(sql).length > 0 || movesSession(sql) !== undefined || temporaryTable(sql) !== undefined
const firstLine = (sql: string): string => sql.trim().split('\n', 1)[0]?.slice(0, 80) ?? ''
const implicitCommit = (sql: string): Error => mysqlErrors.YAMA_MYSQL_IMPLICIT_COMMIT({ statement: firstLine(sql) })

function refuseCommit(sql: string): void {
  if (commitsByItself(sql)) throw implicitCommit(sql)
}
