import type { ObjectName } from '@yama/sql'
import type { EffectScope } from './effect-scope.ts'

/** `unseen`: an update that changes more than it says, through a trigger. `refused`: a change that may be refused, and the migration goes on. */
export type RowEvent = 'insert' | 'update' | 'delete' | 'unseen' | 'refused'

/** From now on rows that are written are judged or followed by one thing more, or by one less. */
export function judged(table: ObjectName, { build }: EffectScope, ...events: readonly RowEvent[]): void {
  for (const event of events) build.member('relation', table, `on:${event}`, 'add', 'definition')
}
