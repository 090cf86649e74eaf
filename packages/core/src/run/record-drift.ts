import type { YamaConfig } from '../contract/config.ts'
import type { Connection } from '../contract/dialect.ts'
import type { JsonValue, SnapshotRow } from '../contract/history.ts'
import { refuseHistory } from '../plan/refuse-plan.ts'
import { createJournal } from './journal.ts'
import type { Locked } from './session.ts'
import { writeLocked } from './write-locked.ts'

type Settled = Omit<SnapshotRow, 'at' | 'runId'> | undefined

/** Writes down what is to be done about drift, does it, and writes down that it is done, with the schema that counts from now on. */
export async function recordDrift(
  config: YamaConfig,
  locked: Locked,
  work: (connection: Connection) => Promise<Settled>,
  { reason, payload }: { readonly reason: string; readonly payload: Readonly<Record<string, JsonValue>> },
): Promise<void> {
  refuseHistory(locked.state, config.environment?.name)
  const journal = createJournal(locked.state, locked.actor)
  const told = { ...payload, reason }
  await writeLocked(locked, journal, [], [{ type: 'drift.detected', payload: told }])
  const snapshot = await work(locked.connection)
  const row = snapshot === undefined ? undefined : { ...snapshot, at: journal.clock(), runId: journal.runId }
  await writeLocked(locked, journal, row === undefined ? [] : [{ write: 'snapshot', row }], [{ type: 'drift.absorbed', payload: told }])
}
