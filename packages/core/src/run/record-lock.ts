import type { Connection, Dialect, Lock, LockReport, TakenOver } from '../contract/dialect.ts'
import type { Actor, HistoryStore, JsonValue } from '../contract/history.ts'
import { historyFailure } from './history-failure.ts'
import { createJournal, type JournalEntry } from './journal.ts'

/** What writing an event about the lock needs. */
export interface LockRecorder {
  readonly dialect: Dialect
  readonly connection: Connection
  readonly history: HistoryStore
  readonly actor: Actor
}

/** Writes that the lock was taken from somebody who could not give it back. */
export async function recordTakeover(recorder: LockRecorder, lock: Lock, { why, holder }: TakenOver): Promise<void> {
  const commands = await lockEvent(recorder, { type: 'lock.taken_over', payload: { why, token: lock.token, holder: { ...holder } } })
  try {
    await recorder.connection.batch([recorder.history.fence(lock.token), ...commands], { transaction: true })
  } catch (error) {
    throw historyFailure(recorder.dialect, error, 'the lock')
  }
}

/** Writes that a person released the lock, inside the transaction that does it. */
export async function recordRelease(recorder: LockRecorder, report: LockReport, reason: string, forced: boolean): Promise<void> {
  const { holder, alive, evidence, token } = report
  const payload: Record<string, JsonValue> = { reason, forced, alive, evidence: [...evidence], token, holder: { ...holder } }
  const commands = await lockEvent(recorder, { type: 'lock.released', payload })
  await recorder.connection.batch(commands, { transaction: false })
}

async function lockEvent({ history, actor }: LockRecorder, entry: JournalEntry): Promise<ReturnType<HistoryStore['encode']>> {
  const journal = createJournal(await history.head(), actor)
  return history.encode(journal.prepare([entry]).writes)
}
