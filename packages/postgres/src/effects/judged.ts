import type { ObjectName } from '@yama/sql'
import type { EffectScope } from './effect-scope.ts'

export type RowEvent = 'insert' | 'update' | 'delete'

/** From now on rows that are written are judged or followed by one thing more, or by one less. */
export function judged(table: ObjectName, { build }: EffectScope, ...events: readonly RowEvent[]): void {
  for (const event of events) build.member('relation', table, `on:${event}`, 'add', 'definition')
}
