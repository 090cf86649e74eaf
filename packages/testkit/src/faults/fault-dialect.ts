import type { Command, Connection, Dialect, HistoryStore, HistoryWrite } from '@yama/core'

/** A moment of a run at which something may go wrong. */
export interface FaultPoint {
  /** Number of the exchange with the database, from 0. */
  readonly exchange: number
  /**
   * What the exchange is: the journal's `intent` or `done`, the `end` of a migration (with its statements where all go in one
   * batch), a `statement` of a migration, `alone` where its intent goes with it, the `commit` of a transaction, other writes of the `history`, or
   * a `query`.
   */
  readonly kind: 'intent' | 'done' | 'end' | 'statement' | 'alone' | 'commit' | 'history' | 'query'
  /** `during` is told when the exchange is about to begin, without waiting for the answer. */
  readonly phase: 'before' | 'during' | 'after'
}

/** Told of every point in order. The run waits for what it returns `before` and `after` an exchange, never `during` one. */
export type FaultWatcher = (point: FaultPoint) => void | Promise<void>

/**
 * The dialect, with every exchange told to a watcher that may kill the process or the server at exactly this point: for
 * tests of what a crash leaves. `statements` are the texts of the migrations.
 *
 * @example faultDialect(dialect, new Set(['CREATE TABLE t (id int)']), ({ kind, phase }) => { if (kind === 'intent' && phase === 'after') process.kill(process.pid, 'SIGKILL') })
 */
export function faultDialect(dialect: Dialect, statements: ReadonlySet<string>, watch: FaultWatcher): Dialect {
  const marks = new WeakMap<Command, FaultPoint['kind']>()
  let exchange = 0
  const around = async <T>(kind: FaultPoint['kind'], work: () => Promise<T>): Promise<T> => {
    const number = exchange++
    await watch({ exchange: number, kind, phase: 'before' })
    void watch({ exchange: number, kind, phase: 'during' })
    const result = await work()
    await watch({ exchange: number, kind, phase: 'after' })
    return result
  }
  const kindOf = (commands: readonly Command[]): FaultPoint['kind'] => {
    const kinds = new Set(commands.map((command) => marks.get(command)))
    for (const kind of ['end', 'done', 'intent', 'history'] as const) if (kinds.has(kind)) return kind
    return commands.some(({ sql }) => statements.has(sql)) ? 'statement' : 'query'
  }
  const connect = async (signal?: AbortSignal): Promise<Connection> => {
    const inner = await dialect.connect(signal)
    const { batches, commitThen } = inner
    return {
      ...inner,
      execute: (sql, parameters, stop) => around(statements.has(sql) ? 'statement' : 'query', () => inner.execute(sql, parameters, stop)),
      batch: (commands, options, stop) => around(kindOf(commands), () => inner.batch(commands, options, stop)),
      ...(batches === undefined
        ? {}
        : {
            batches: (transactions: readonly (readonly Command[])[], stop?: AbortSignal) =>
              around(kindOf(transactions.flat()), () => batches(transactions, stop)),
          }),
      ...(commitThen === undefined
        ? {}
        : {
            commitThen: (...sent: Parameters<NonNullable<Connection['commitThen']>>) => around('alone', () => commitThen(...sent)),
          }),
      transaction: async (work, options) => {
        let number = 0
        const result = await inner.transaction(async () => {
          const value = await work()
          number = exchange++
          await watch({ exchange: number, kind: 'commit', phase: 'before' })
          void watch({ exchange: number, kind: 'commit', phase: 'during' })
          return value
        }, options)
        await watch({ exchange: number, kind: 'commit', phase: 'after' })
        return result
      },
    }
  }
  const createHistory: Dialect['createHistory'] = (connection, options) => marked(dialect.createHistory(connection, options), marks)
  return { ...dialect, connect, createHistory }
}

function marked(history: HistoryStore, marks: WeakMap<Command, FaultPoint['kind']>): HistoryStore {
  return {
    ...history,
    encode: (writes) => {
      const commands = history.encode(writes)
      const kind = markOf(writes)
      for (const command of commands) marks.set(command, kind)
      return commands
    },
  }
}

function markOf(writes: readonly HistoryWrite[]): FaultPoint['kind'] {
  const ends = writes.some((each) => each.write === 'migration' && each.row.status === 'applied')
  if (ends) return 'end'
  for (const each of writes) if (each.write === 'step') return each.row.state === 'intent' ? 'intent' : 'done'
  return 'history'
}
