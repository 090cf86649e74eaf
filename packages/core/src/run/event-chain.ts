import type { EventRow, HistoryHead, HistoryWrite } from '../contract/history.ts'
import { CHAIN_START } from '../contract/history.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { sha256Hex } from '../hash/sha256.ts'

export type EventBody = Omit<EventRow, 'seq' | 'prevHash' | 'hash'>

/** The hash that an event should have by what it says, its number and the hash before it. */
export const eventHash = ({ seq, prevHash, hash: _, ...body }: EventRow): string => hashOf(prevHash, seq, body)

const hashOf = (prevHash: string, seq: number, event: EventBody): string => {
  const { at, runId, type, migrationId, attempt, actor, payload } = event
  // Absent and null are one: a column has only null.
  const content = { seq, at, runId, type, migrationId: migrationId ?? undefined, attempt: attempt ?? undefined, actor, payload }
  return sha256Hex(prevHash + canonicalJson(content))
}

/**
 * The next event of a chain, hashed over the one before it.
 *
 * @example chainEvent({ seq: history.chainSeq, hash: history.chainHead }, { at, runId, type: 'pinned', actor: {}, payload: {} })
 */
export function chainEvent(previous: { readonly seq: number; readonly hash: string }, event: EventBody): EventRow {
  const seq = previous.seq + 1
  return { ...event, seq, prevHash: previous.hash, hash: hashOf(previous.hash, seq, event) }
}

/**
 * What the next event is chained to. Where the recorded end is not the last row, somebody has cut, replaced or added rows: the chain goes on
 * from what was recorded, so that the next run does not cover that up.
 */
export function chainEnd({ chainSeq, chainHead, meta }: HistoryHead): { readonly seq: number; readonly hash: string } {
  if (meta === undefined || chainSeq === 0) return recordedEnd(meta?.['chain_head']) ?? { seq: chainSeq, hash: chainHead }
  const recorded = recordedEnd(meta['chain_head']) ?? { seq: 0, hash: CHAIN_START }
  return { seq: Math.max(chainSeq, recorded.seq), hash: recorded.hash }
}

function recordedEnd(text = ''): { readonly seq: number; readonly hash: string } | undefined {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash }
}

/** The write that moves the recorded end of the log; part of every batch with events. */
export function chainHeadWrite(last: EventRow): HistoryWrite {
  return { write: 'meta', key: 'chain_head', value: `${last.seq}:${last.hash}` }
}

/**
 * The first event whose hash or link does not hold, or undefined for an unbroken chain. Takes the whole log in order.
 *
 * @example const broken = verifyChain(await yama.history())
 */
export function verifyChain(events: readonly EventRow[]): EventRow | undefined {
  let previous = { seq: 0, hash: CHAIN_START }
  for (const event of events) {
    const { seq, prevHash, hash, ...body } = event
    if (seq !== previous.seq + 1 || prevHash !== previous.hash || hash !== hashOf(prevHash, seq, body)) return event
    previous = event
  }
  return undefined
}
