import type { EventRow, HistoryWrite } from '../contract/history.ts'

export type EventsWrite = { readonly write: 'events'; readonly rows: readonly EventRow[] }

/** Events that follow each other as one write, for a single INSERT; the order is kept. */
export function groupEvents(writes: readonly HistoryWrite[]): readonly (Exclude<HistoryWrite, { write: 'event' }> | EventsWrite)[] {
  const out: (Exclude<HistoryWrite, { write: 'event' }> | { readonly write: 'events'; readonly rows: EventRow[] })[] = []
  for (const write of writes) {
    if (write.write !== 'event') {
      out.push(write)
      continue
    }
    const last = out.at(-1)
    if (last?.write === 'events') last.rows.push(write.row)
    else out.push({ write: 'events', rows: [write.row] })
  }
  return out
}
