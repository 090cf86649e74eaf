import type { YamaConfig } from '../contract/config.ts'
import type { HistoryWrite } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import { historyFailure } from './history-failure.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { linkLookup, type LoadedProject } from './load-project.ts'
import { migrationRow } from './migration-row.ts'
import { rowPayload } from './row-payload.ts'
import type { Locked } from './session.ts'

/** Changes of the state and the events that tell of them, in one transaction, if the lock is still held. */
export async function writeLocked(
  { dialect, connection, history, lock }: Locked,
  journal: Journal,
  writes: readonly HistoryWrite[],
  entries: readonly JournalEntry[],
): Promise<void> {
  const events = journal.prepare(entries)
  try {
    await connection.batch([history.fence(lock.token), ...history.encode([...writes, ...events.writes])], { transaction: true })
  } catch (error) {
    throw historyFailure(dialect, error, entries[0]?.migrationId ?? 'the run')
  }
  events.commit()
}

/** Records migrations as applied without running them: one row and one event each, in the order of the ids. */
export async function recordApplied(
  config: YamaConfig,
  locked: Locked,
  { graph }: LoadedProject,
  journal: Journal,
  ids: readonly MigrationId[],
  { type, reason, more = [] }: { readonly type: JournalEntry['type']; readonly reason: string; readonly more?: readonly HistoryWrite[] },
): Promise<void> {
  const toolVersion = config.toolVersion ?? '0.0.0'
  const nodes = ids.flatMap((id) => graph.get(id) ?? [])
  const linkOf = linkLookup(nodes, graph, locked.state)
  const entries = nodes.map((node): JournalEntry => ({
    type,
    migrationId: node.migration.id,
    payload: { reason, toolVersion, ...rowPayload(node, linkOf) },
  }))
  const seq = new Map(journal.prepare(entries).rows.map((event) => [event.migrationId, event.seq]))
  const rows = nodes.map((node): HistoryWrite => ({
    write: 'migration',
    row: migrationRow(node, {
      status: 'applied',
      runId: journal.runId,
      appliedSeq: seq.get(node.migration.id) ?? 0,
      appliedAt: journal.clock(),
      durationMs: 0,
      toolVersion,
      gitCommit: config.actor?.['gitCommit'] ?? config.actor?.['commit'],
      linkOf,
    }),
  }))
  await writeLocked(locked, journal, [...rows, ...more, ...pinned(config)], entries)
}

/** The first run of an environment writes its name into the database. */
const pinned = ({ environment }: YamaConfig): readonly HistoryWrite[] =>
  environment === undefined ? [] : [{ write: 'meta', key: 'environment', value: environment.name }]
