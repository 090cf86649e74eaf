import type { Actor, EventRow, EventType, HistoryHead, HistoryWrite, JsonValue } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import { serverClock, type Clock } from './clock.ts'
import { chainEnd, chainEvent, chainHeadWrite } from './event-chain.ts'

export interface JournalEntry {
  readonly type: EventType
  readonly migrationId?: MigrationId
  readonly attempt?: number
  readonly payload?: Readonly<Record<string, JsonValue>>
}

/** Events which are hashed and not written yet. */
export interface Prepared {
  readonly rows: readonly EventRow[]
  readonly writes: readonly HistoryWrite[]
  /** Moves the chain on; called when the writes are committed. */
  commit(): void
}

/** Hashes the events of one run in a row. */
export interface Journal {
  readonly runId: string
  readonly clock: Clock
  /** `after`: events prepared before, which are committed before these. */
  prepare(entries: readonly JournalEntry[], after?: Prepared): Prepared
}

export function createJournal(state: HistoryHead, actor: Actor): Journal {
  const runId = crypto.randomUUID()
  const clock = serverClock(state.now)
  let last = chainEnd(state)
  return {
    runId,
    clock,
    prepare: (entries, after) => {
      const rows: EventRow[] = []
      const before = after?.rows.at(-1) ?? last
      for (const { type, migrationId, attempt, payload = {} } of entries) {
        const optional = { ...(migrationId === undefined ? {} : { migrationId }), ...(attempt === undefined ? {} : { attempt }) }
        rows.push(chainEvent(rows.at(-1) ?? before, { at: clock(), runId, type, actor, payload, ...optional }))
      }
      const end = rows.at(-1)
      const writes = rows.map((row): HistoryWrite => ({ write: 'event', row }))
      return {
        rows,
        writes: end === undefined ? writes : [...writes, chainHeadWrite(end)],
        commit: () => {
          if (end !== undefined) last = end
        },
      }
    },
  }
}
