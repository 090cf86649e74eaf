import type { YamaConfig } from '../contract/config.ts'
import type { GraphNode } from '../contract/graph.ts'
import type { HistoryWrite, MigrationRow, StepRow } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import type { RepairAction } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { recordedParents } from '../plan/compare-history.ts'
import { refuseEnvironment } from '../plan/refuse-plan.ts'
import { resolveTarget } from '../plan/resolve-target.ts'
import { unifiedDiff } from '../plan/unified-diff.ts'
import { createJournal, type Journal } from './journal.ts'
import { linkLookup, type LoadedProject } from './load-project.ts'
import { rowPayload } from './row-payload.ts'
import type { Locked } from './session.ts'
import { recordApplied, writeLocked } from './write-locked.ts'

interface Repair {
  readonly config: YamaConfig
  readonly locked: Locked
  readonly project: LoadedProject
  readonly journal: Journal
  readonly id: MigrationId
  readonly reason: string
  /** Absent where it is not applied, not even in part. */
  readonly row: MigrationRow | undefined
  readonly node: GraphNode | undefined
  readonly open: readonly StepRow[]
  close(to: StepRow['state']): readonly HistoryWrite[]
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
  refuseEnvironment(state, config.environment?.name)
  const id = resolveTarget(target, project.graph, state)
  const journal = createJournal(state, locked.actor)
  const open = state.openSteps.filter((step) => step.migrationId === id)
  await repairs[action]({
    ...{ config, locked, project, journal, id, reason, open },
    row: state.migrations.find((candidate) => candidate.id === id && candidate.status !== 'reverted'),
    node: project.graph.get(id),
    close: (to) => open.map((step) => ({ write: 'step', row: { ...step, state: to, finishedAt: journal.clock() } })),
  })
}

const refuse = (id: MigrationId, why: string): never => {
  throw coreErrors.YAMA_REPAIR_NOT_NEEDED({ id, why })
}

async function acceptEdit({ locked, journal, project, id, reason, row, node }: Repair): Promise<void> {
  if (row === undefined || node === undefined) return refuse(id, 'it is not applied, or it has no file')
  const { semanticHash, rawHash, body, downBody, file } = node.migration
  if (row.semanticHash === semanticHash) return refuse(id, 'its file means what was applied')
  const stored = await locked.history.body(id)
  // The text that ran is replaced in the row, so the event keeps how to come back to it.
  const diff = unifiedDiff(stored?.body ?? '', body, { from: `${file} as it was run`, to: file })
  const linkOf = linkLookup([node], project.graph, locked.state)
  const payload = { reason, from: row.semanticHash, to: semanticHash, ...rowPayload(node, linkOf), diff }
  const { downBody: _, ...rest } = row
  const changed = { ...rest, link: node.link, semanticHash, rawHash, body, ...(downBody === undefined ? {} : { downBody }) }
  await writeLocked(locked, journal, [{ write: 'migration', row: changed }], [{ type: 'edit.accepted', migrationId: id, payload }])
}

async function markApplied({ config, locked, project, journal, id, reason, row, node, open, close }: Repair): Promise<void> {
  if (row?.status === 'applied' && open.length === 0) return refuse(id, 'it is applied')
  if (node !== undefined)
    return await recordApplied(config, locked, project, journal, [id], { type: 'marked_applied', reason, more: close('healed') })
  const writes: readonly HistoryWrite[] = [{ write: 'migration-status', id, status: 'applied' }, ...close('healed')]
  await writeLocked(locked, journal, writes, [{ type: 'marked_applied', migrationId: id, payload: { reason } }])
}

async function markReverted({ locked, journal, id, reason, row, open, close }: Repair): Promise<void> {
  if (row === undefined && open.length === 0) return refuse(id, 'it is not applied')
  const child = locked.state.migrations.find((other) => other.status === 'applied' && recordedParents(other).includes(id))
  if (child !== undefined) throw coreErrors.YAMA_DOWN_NEEDED({ id, child: child.id })
  const writes: readonly HistoryWrite[] = [{ write: 'migration-status', id, status: 'reverted' }, ...close('skipped')]
  await writeLocked(locked, journal, writes, [{ type: 'marked_reverted', migrationId: id, payload: { reason } }])
}

/** Forgets the attempt that did not end, so that it can be made again: up is pending then, down is applied. */
async function retry({ locked, journal, id, reason, row, open, close }: Repair): Promise<void> {
  if (open.length === 0 && (row === undefined || row.status === 'applied')) return refuse(id, 'no attempt of it is open')
  const direction = open[0]?.direction ?? 'up'
  const status = direction === 'up' ? 'reverted' : 'applied'
  const attempts = open.map(({ n, state, sql }) => ({ n, state, sql }))
  const writes: readonly HistoryWrite[] = [{ write: 'migration-status', id, status }, ...close('skipped')]
  await writeLocked(locked, journal, writes, [{ type: 'retried', migrationId: id, payload: { reason, direction, attempts } }])
}

async function forget({ locked, journal, id, reason, row, node, close }: Repair): Promise<void> {
  if (row === undefined) return refuse(id, 'it is not applied')
  if (node !== undefined) return refuse(id, `its file ${node.migration.file} is there; mark it as reverted instead`)
  const { name, kind, link, rawHash, semanticHash } = row
  const payload = { reason, name, kind, link, raw: rawHash, semantic: semanticHash }
  const writes: readonly HistoryWrite[] = [{ write: 'migration-status', id, status: 'reverted' }, ...close('skipped')]
  await writeLocked(locked, journal, writes, [{ type: 'forgotten', migrationId: id, payload }])
}

const repairs = {
  'accept-edit': acceptEdit,
  'mark-applied': markApplied,
  'mark-reverted': markReverted,
  retry,
  forget,
} as const satisfies Record<RepairAction, (repair: Repair) => Promise<void>>
