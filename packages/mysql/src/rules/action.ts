import type { Action, AnyDelta, FactId, Reason } from '@yama/schema'

/** The strategy that joins the clauses of a table into one ALTER TABLE. */
export const ALTER_TABLE = 'alter-table'

/** Marks that order the rounds of changes; no facts, only names. */
export const ROUNDS = { keysGone: 'round:foreign_keys_dropped', tablesDone: 'round:tables_altered' } as const
/** The mark of a table whose columns were all converted: what its other clauses say of columns comes behind that. */
export const converted = (table: FactId): string => `converted:${table}`

/** Metadata locks in the server's words, with what lets others read and write meanwhile. */
export const LOCKS = {
  none: 'none',
  instant: 'exclusive metadata lock for a moment (ALGORITHM=INSTANT)',
  inplace: 'shared metadata lock while it runs, exclusive at its ends (ALGORITHM=INPLACE)',
  copy: 'writes are blocked while the table is copied (ALGORITHM=COPY)',
  exclusive: 'exclusive metadata lock',
} as const
/** Weakest first: the strongest is that of a statement with several clauses. */
export const LOCK_ORDER: readonly string[] = Object.values(LOCKS)

/** An action with the usual answers: it commits by itself, rewrites and loses nothing. */
export function action(sql: string, title: string, because: Reason, more: Partial<Action> = {}): Action {
  return {
    sql,
    title,
    because,
    produces: [],
    consumes: [],
    destroys: [],
    releases: [],
    lock: LOCKS.none,
    rewrite: false,
    // Nothing of it can be rolled back: every statement of the schema commits, here and on both servers.
    transaction: 'none',
    loss: 'none',
    reversibility: 'lossless',
    ...more,
  }
}

/** A clause of ALTER TABLE; the strategy joins those of a table. */
export function clause(table: FactId, sql: string, title: string, because: Reason, more: Partial<Action> = {}): Action {
  return action(sql, title, because, { lock: LOCKS.inplace, needs: { strategy: ALTER_TABLE, subject: table }, ...more })
}

export function reason(delta: AnyDelta): Reason {
  if (delta.change !== 'alter') return { fact: delta.id, change: delta.change }
  const [first] = delta.attributes
  return {
    fact: delta.id,
    change: 'alter',
    ...(first === undefined
      ? {}
      : { attribute: delta.attributes.map((one) => one.attribute).join(', '), from: say(first.from), to: say(first.to) }),
  }
}

const say = (value: unknown): string => (value === undefined ? 'none' : typeof value === 'object' ? JSON.stringify(value) : String(value))
