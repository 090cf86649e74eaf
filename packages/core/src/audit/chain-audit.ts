import { CHAIN_START, type EventRow } from '../contract/history.ts'
import { eventHash } from '../run/event-chain.ts'

/** What is wrong with a log: where, and in which way. */
export interface ChainFinding {
  /** `changed`: content. `moved`: another place. `missing`: rows gone in the middle. `cut`: the newest gone. `head`: the recorded end does not fit. */
  readonly kind: 'changed' | 'moved' | 'missing' | 'cut' | 'head'
  readonly seq: number
  /** Of a range; the same as `seq` for one. */
  readonly to: number
  readonly message: string
}

/** A log that is checked while it is read. */
export interface ChainAudit {
  take(events: readonly EventRow[]): void
  /** Ends the check: `recorded` is the `chain_head` that was read after the last event; `rows` how many migrations are recorded. */
  end(recorded: string | undefined, rows: number): ChainReport
}

export interface ChainReport {
  readonly events: number
  /** `seq:hash` of the last event that is there; kept elsewhere, it proves later that nothing before it was rewritten. */
  readonly head: string
  readonly findings: readonly ChainFinding[]
}

/** So many broken events are looked at one against the other. */
const COMPARED = 200

/**
 * Checks a hash-chained log in one pass and names what was tampered with: changed, moved and missing events, and a cut-off end.
 *
 * @example
 * const audit = chainAudit()
 * audit.take(await history.events())
 * audit.end((await history.read()).meta?.['chain_head'], 0).findings // []
 */
export function chainAudit(): ChainAudit {
  let previous = { seq: 0, hash: CHAIN_START }
  let count = 0
  const broken: EventRow[] = []
  const unlinked: EventRow[] = []
  const gaps: { readonly from: number; readonly to: number }[] = []
  const take = (event: EventRow): void => {
    count++
    const gap = event.seq !== previous.seq + 1
    if (gap) gaps.push({ from: previous.seq + 1, to: event.seq - 1 })
    if (eventHash(event) !== event.hash) broken.push(event)
    else if (!gap && event.prevHash !== previous.hash) unlinked.push(event)
    previous = event
  }
  const end = (recorded: string | undefined, rows: number): ChainReport => {
    const findings = [
      ...brokenFindings(broken, gaps),
      // After a changed event everything is as it was written: only its own content is wrong.
      ...unlinked
        .filter(({ seq }) => !broken.some((other) => other.seq === seq - 1 || other.seq === seq + 1))
        .map(({ seq }) =>
          finding('changed', seq - 1, seq - 1, `event ${seq - 1} is not the one that event ${seq} was written after: it was replaced`),
        ),
      ...gaps.filter(({ from, to }) => to >= from).map(({ from, to }) => finding('missing', from, to, `${range(from, to)} missing`)),
      ...endFindings(previous, recorded, rows),
    ]
    return { events: count, head: `${previous.seq}:${previous.hash}`, findings: findings.sort((a, b) => a.seq - b.seq) }
  }
  return { take: (events) => events.forEach(take), end }
}

function brokenFindings(broken: readonly EventRow[], gaps: readonly { readonly from: number; readonly to: number }[]): ChainFinding[] {
  const places = new Set(broken.slice(0, COMPARED).map(({ seq }) => seq))
  for (const { from, to } of gaps) for (let seq = from; seq <= to && places.size < 2 * COMPARED; seq++) places.add(seq)
  return broken.map((event, at) => {
    const { seq } = event
    // The number is part of the hash: an event that fits under another number was written there.
    const own =
      at >= COMPARED ? undefined : [...places].find((place) => place !== seq && eventHash({ ...event, seq: place }) === event.hash)
    return own === undefined
      ? finding('changed', seq, seq, `event ${seq} (${what(event)}) does not fit its hash: it was changed`)
      : finding('moved', seq, seq, `event ${seq} (${what(event)}) was written as event ${own}: the order was changed`)
  })
}

function endFindings(last: { readonly seq: number; readonly hash: string }, recorded: string | undefined, rows: number): ChainFinding[] {
  const { seq, hash } = last
  if (recorded === undefined) {
    if (seq === 0 && rows === 0) return []
    const lost =
      seq === 0 ? `the log is empty, and ${rows} migration(s) are recorded: every event was deleted` : 'the recorded end of the log is gone'
    return [finding('head', seq, seq, lost)]
  }
  const [headText = '', headHash = ''] = recorded.split(':')
  const head = Number(headText)
  if (head > seq) return [finding('cut', seq + 1, head, `${range(seq + 1, head)} missing at the end: the newest were deleted`)]
  if (head < seq) return [finding('head', head + 1, seq, `${range(head + 1, seq)} not written by Yama: the recorded end is ${head}`)]
  return headHash === hash ? [] : [finding('head', seq, seq, `event ${seq}, the last one, is not the one that was recorded as the end`)]
}

const finding = (kind: ChainFinding['kind'], seq: number, to: number, message: string): ChainFinding => ({ kind, seq, to, message })
const range = (from: number, to: number): string => (from === to ? `event ${from} is` : `events ${from} to ${to} are`)
const what = ({ type, migrationId }: EventRow): string => (migrationId === undefined ? type : `${type} of ${migrationId}`)
