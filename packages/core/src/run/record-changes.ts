import type { YamaConfig } from '../contract/config.ts'
import type { Connection } from '../contract/dialect.ts'
import type { HistoryWrite, StepRow } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import type { RepairAction, RunReport } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { recordedParents, presentRows } from '../plan/compare-history.ts'
import { refuseHistory } from '../plan/refuse-plan.ts'
import { resolveTarget } from '../plan/resolve-target.ts'
import { historyFailure } from './history-failure.ts'
import { createJournal, type Journal, type JournalEntry } from './journal.ts'
import { linkLookup, type LoadedProject } from './load-project.ts'
import { migrationRow } from './migration-row.ts'
import type { Locked } from './session.ts'

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
  if (nodes.length > 0) {
    const entries = applied.map((migrationId): JournalEntry => ({ type: 'baselined', migrationId, payload: { reason } }))
    await record(config, locked, project, journal, applied, entries)
  }
  return { runId: journal.runId, applied, reverted: [], durationMs: Math.round(performance.now() - start), diagnostics: [] }
}

/** Brings the history in line with what a person knows; each repair is an event and nothing is rewritten. */
export async function recordRepair(
  config: YamaConfig,
  locked: Locked,
  project: LoadedProject,
  action: RepairAction,
  target: MigrationId,
  reason: string,
): Promise<void> {
  const { state } = locked
  const { graph } = project
  const id = resolveTarget(target, graph, state)
  const row = state.migrations.find((candidate) => candidate.id === id && candidate.status !== 'reverted')
  const open = state.openSteps.filter((step) => step.migrationId === id)
  const node = graph.get(id)
  const refuse = (why: string): never => {
    throw coreErrors.YAMA_REPAIR_NOT_NEEDED({ id, why })
  }
  const journal = createJournal(state, locked.actor)
  const close = (to: StepRow['state']): readonly HistoryWrite[] =>
    open.map((step) => ({ write: 'step', row: { ...step, state: to, finishedAt: journal.clock() } }))

  if (action === 'accept-edit') {
    if (row === undefined || node === undefined) return refuse('it is not applied, or it has no file')
    if (row.semanticHash === node.migration.semanticHash) return refuse('its file means what was applied')
    const { semanticHash, rawHash, body, downBody } = node.migration
    const payload = { reason, from: row.semanticHash, to: semanticHash }
    const changed = { ...row, link: node.link, semanticHash, rawHash, body, ...(downBody === undefined ? {} : { downBody }) }
    return await write(locked, journal, [{ write: 'migration', row: changed }], [{ type: 'edit.accepted', migrationId: id, payload }])
  }
  if (action === 'mark-applied') {
    if (row?.status === 'applied' && open.length === 0) return refuse('it is applied')
    const entry: JournalEntry = { type: 'marked_applied', migrationId: id, payload: { reason } }
    if (node !== undefined) return await record(config, locked, project, journal, [id], [entry], close('healed'))
    return await write(locked, journal, [{ write: 'migration-status', id, status: 'applied' }, ...close('healed')], [entry])
  }
  if (row === undefined && open.length === 0) return refuse('it is not applied')
  const child = state.migrations.find((other) => other.status === 'applied' && recordedParents(other).includes(id))
  if (child !== undefined) throw coreErrors.YAMA_DOWN_NEEDED({ id, child: child.id })
  await write(
    locked,
    journal,
    [{ write: 'migration-status', id, status: 'reverted' }, ...close('skipped')],
    [{ type: 'marked_reverted', migrationId: id, payload: { reason } }],
  )
}

/** Empties the database with what the caller brings, and records everything as reverted. */
export async function recordReset(
  config: YamaConfig,
  locked: Locked,
  empty: (connection: Connection) => Promise<void>,
  reason: string,
): Promise<void> {
  const { state, connection } = locked
  refuseHistory(state, config.environment?.name)
  await empty(connection)
  const journal = createJournal(state, locked.actor)
  const rows = state.migrations.filter(({ status }) => status !== 'reverted')
  const steps = state.openSteps.map((row): HistoryWrite => ({
    write: 'step',
    row: { ...row, state: 'skipped', finishedAt: journal.clock() },
  }))
  const reverted = rows.map(({ id }): HistoryWrite => ({ write: 'migration-status', id, status: 'reverted' }))
  await write(locked, journal, [...reverted, ...steps], [{ type: 'database.reset', payload: { reason, reverted: rows.length } }])
}

/** One applied row per event, in the order of the events. */
async function record(
  config: YamaConfig,
  locked: Locked,
  { graph }: LoadedProject,
  journal: Journal,
  ids: readonly MigrationId[],
  entries: readonly JournalEntry[],
  more: readonly HistoryWrite[] = [],
): Promise<void> {
  const seq = new Map(journal.prepare(entries).rows.map((event) => [event.migrationId, event.seq]))
  const nodes = ids.flatMap((id) => graph.get(id) ?? [])
  const linkOf = linkLookup(nodes, graph, locked.state)
  const rows = nodes.map((node): HistoryWrite => ({
    write: 'migration',
    row: migrationRow(node, {
      status: 'applied',
      runId: journal.runId,
      appliedSeq: seq.get(node.migration.id) ?? 0,
      appliedAt: journal.clock(),
      durationMs: 0,
      toolVersion: config.toolVersion ?? '0.0.0',
      gitCommit: config.actor?.['commit'],
      linkOf,
    }),
  }))
  await write(locked, journal, [...rows, ...more, ...pinned(config)], entries)
}

const pinned = ({ environment }: YamaConfig): readonly HistoryWrite[] =>
  environment === undefined ? [] : [{ write: 'meta', key: 'environment', value: environment.name }]

async function write(
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
