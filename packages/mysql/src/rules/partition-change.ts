import type { Action, Fact, Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, clause, LOCKS, reason } from './action.ts'
import { reorganize } from './reorganize.ts'

/**
 * Partitions of their own are changed by themselves, in a statement that takes nothing else. Everything else stands in the one ALTER TABLE, for keys and
 * columns come and go with what rows are parted by. Rows that fit into no partition make it fail, none is lost.
 */
export function partitionChange(from: Fact<'table'>, to: Fact<'table'>, delta: Parameters<Rule<'table'>>[0]): readonly Action[] {
  const [old, now] = [from.payload.options['partition'], to.payload.options['partition']]
  if (old === now) return []
  const title = `change partitions of table ${to.name}`
  const some = old === undefined || now === undefined ? undefined : reorganize(String(old), String(now))
  if (some !== undefined)
    return [
      action(`ALTER TABLE ${quoteName(to.name)} ${some.sql}`, title, reason(delta), {
        rewrite: some.copies,
        lock: some.copies ? LOCKS.copy : LOCKS.inplace,
      }),
    ]
  const sql = now === undefined ? 'REMOVE PARTITIONING' : `PARTITION BY ${String(now)}`
  // Partitions by version stand in the way of a table that shall have none.
  const isFirst = now === undefined && from.payload.options['systemVersioned'] === true && to.payload.options['systemVersioned'] !== true
  if (isFirst)
    return [action(`ALTER TABLE ${quoteName(to.name)} ${sql}`, title, reason(delta), { rewrite: true, lock: LOCKS.copy, weight: 16 })]
  return [clause(to.id, sql, title, reason(delta), { rewrite: true, lock: LOCKS.copy })]
}

/** True for the clause that stands behind all others of its ALTER TABLE, without a comma. */
export const isParting = (sql: string): boolean => sql === 'REMOVE PARTITIONING' || sql.startsWith('PARTITION BY ')
