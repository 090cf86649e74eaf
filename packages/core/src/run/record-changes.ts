import type { YamaConfig } from '../contract/config.ts'
import type { Connection } from '../contract/dialect.ts'
import type { HistoryWrite } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import type { RunReport } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { presentRows } from '../plan/compare-history.ts'
import { refuseForeign, refuseHistory } from '../plan/refuse-plan.ts'
import { resolveTarget } from '../plan/resolve-target.ts'
import { createJournal } from './journal.ts'
import type { LoadedProject } from './load-project.ts'
import type { Locked } from './session.ts'
import { recordApplied, writeLocked } from './write-locked.ts'

/** Reasons are all that a later reader has. */
export function requireReason(reason: string): void {
  if (reason.trim() === '') throw coreErrors.YAMA_REASON_MISSING({})
}

/** Records migrations, and what they need, as applied without running them. */
export async function recordBaseline(
  config: YamaConfig,
  locked: Locked,
  project: LoadedProject,
  ids: readonly MigrationId[] | 'all',
  reason: string,
): Promise<RunReport> {
  const { state } = locked
  refuseHistory(state, config.environment?.name)
  const present = new Map(presentRows(state).map((row) => [row.id, row]))
  const chosen = ids === 'all' ? project.graph.heads() : ids.map((id) => resolveTarget(id, project.graph, state))
  for (const id of ids === 'all' ? [] : chosen) {
    const row = present.get(id)
    if (row !== undefined) throw coreErrors.YAMA_BASELINE_APPLIED({ id, status: row.status })
  }
  const closure = project.graph.closure(chosen)
  const nodes = project.graph.order().filter(({ migration: { id } }) => closure.has(id) && !present.has(id) && !project.skipped.has(id))
  const start = performance.now()
  const journal = createJournal(state, locked.actor)
  const applied = nodes.map((node) => node.migration.id)
  if (nodes.length > 0) await recordApplied(config, locked, project, journal, applied, { type: 'baselined', reason })
  return { runId: journal.runId, applied, reverted: [], durationMs: Math.round(performance.now() - start), diagnostics: [] }
}

/** Empties the database with what the caller brings, and records everything as reverted; what a run has left open is settled by it. */
export async function recordReset(
  config: YamaConfig,
  locked: Locked,
  empty: (connection: Connection) => Promise<void>,
  reason: string,
): Promise<void> {
  const { state, connection } = locked
  refuseForeign(state, config.environment?.name)
  await empty(connection)
  const journal = createJournal(state, locked.actor)
  const rows = state.migrations.filter(({ status }) => status !== 'reverted')
  const steps = state.openSteps.map((row): HistoryWrite => ({
    write: 'step',
    row: { ...row, state: 'skipped', finishedAt: journal.clock() },
  }))
  const reverted = rows.map(({ id }): HistoryWrite => ({ write: 'migration-status', id, status: 'reverted' }))
  await writeLocked(locked, journal, [...reverted, ...steps], [{ type: 'database.reset', payload: { reason, reverted: rows.length } }])
}

/**
 * Gives the database to the environment of the configuration, and a new id: a copy that was restored elsewhere is another
 * database, and neither plans nor locks of the original hold for it.
 */
export async function recordPin(config: YamaConfig, locked: Locked, reason: string): Promise<{ readonly from: string | undefined }> {
  const { state } = locked
  const to = config.environment?.name ?? ''
  const from = state.environment
  if (from === to || to === '') throw coreErrors.YAMA_PIN_SAME({ environment: to })
  const databaseId = crypto.randomUUID()
  const writes: readonly HistoryWrite[] = [
    { write: 'meta', key: 'environment', value: to },
    { write: 'meta', key: 'db_uuid', value: databaseId, database: true },
  ]
  const payload = { reason, to, databaseId, was: state.databaseId, ...(from === undefined ? {} : { from }) }
  await writeLocked(locked, createJournal(state, locked.actor), writes, [{ type: 'pinned', payload }])
  return { from }
}
