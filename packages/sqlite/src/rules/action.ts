import type { Action, AnyDelta, FactId, Reason } from '@yama/schema'
import { FILE_LOCK } from '../dialect/describe-statement.ts'

/** The strategy that carries out what no ALTER TABLE can. */
export const REBUILD = 'rebuild-table'

/** An action with SQLite's usual answers: one lock, no rewrite, nothing lost. */
export function action(sql: string, title: string, because: Reason, more: Partial<Action> = {}): Action {
  return {
    sql,
    title,
    because,
    produces: [],
    consumes: [],
    destroys: [],
    releases: [],
    lock: FILE_LOCK,
    rewrite: false,
    transaction: 'any',
    loss: 'none',
    reversibility: 'lossless',
    ...more,
  }
}

/** A change that is made by rebuilding the table; the strategy replaces it. */
export function rebuild(table: FactId, title: string, because: Reason, more: Partial<Action> = {}): Action {
  return action('', title, because, { rewrite: true, needs: { strategy: REBUILD, subject: table }, ...more })
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
