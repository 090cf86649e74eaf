import type { YamaConfig } from '../contract/config.ts'
import type { GraphNode } from '../contract/graph.ts'
import type { HistoryWrite, MigrationRow } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import type { RebuildReport } from '../contract/run.ts'
import { chainAudit } from '../audit/chain-audit.ts'
import { eventPages } from '../audit/audit-history.ts'
import { stateOfEvents, type ToldRow } from '../audit/state-of-events.ts'
import { coreErrors } from '../errors/errors.ts'
import { refuseEnvironment } from '../plan/refuse-plan.ts'
import { createJournal } from './journal.ts'
import type { LoadedProject } from './load-project.ts'
import type { Locked } from './session.ts'
import { writeLocked } from './write-locked.ts'

/**
 * Makes the rows of the state again from the log: what is missing or says something else is written, what the log does not
 * know is taken out. The text comes from the row, else from a file of the same meaning.
 */
export async function recordRebuild(config: YamaConfig, locked: Locked, project: LoadedProject, reason: string): Promise<RebuildReport> {
  const { state, history } = locked
  refuseEnvironment(state, config.environment?.name)
  const audit = chainAudit()
  const told = stateOfEvents()
  for await (const page of eventPages(history)) {
    audit.take(page)
    told.take(page)
  }
  const { findings } = audit.end(state.meta?.['chain_head'], state.migrations.length)
  const [broken] = findings
  if (broken !== undefined) throw coreErrors.YAMA_AUDIT_BROKEN({ finding: broken.message, count: findings.length }, { data: findings })
  const found = new Map(state.migrations.map((row) => [row.id, row]))
  const written: MigrationRow[] = []
  const removed: MigrationId[] = []
  const withoutText: MigrationId[] = []
  for (const row of told.rows().values()) {
    const present = found.get(row.id)
    if (isSame(present, row)) continue
    const whole = complete(row, present, project)
    const text = await textOf(locked, project, whole)
    if (text.body === undefined) withoutText.push(row.id)
    written.push({ ...whole, ...text })
  }
  for (const row of state.migrations) if (row.status !== 'reverted' && !told.rows().has(row.id)) removed.push(row.id)
  const ids = written.map(({ id }) => id)
  if (ids.length + removed.length === 0)
    throw coreErrors.YAMA_REPAIR_NOT_NEEDED({ id: 'the state', why: 'every row says what the log says' })
  const writes = [
    ...written.map((row): HistoryWrite => ({ write: 'migration', row })),
    ...removed.map((id): HistoryWrite => ({ write: 'migration-status', id, status: 'reverted' })),
  ]
  const journal = createJournal(state, locked.actor)
  await writeLocked(locked, journal, writes, [{ type: 'state.rebuilt', payload: { reason, written: ids, removed } }])
  return { written: ids, removed, withoutText }
}

/** A row in the middle of a run is settled by a recovery, not by the log. */
const isSame = (found: MigrationRow | undefined, told: ToldRow): boolean => {
  if (found === undefined) return false
  if (found.status !== told.status && (found.status === 'applied' || told.status === 'applied' || told.status === 'reverted')) return false
  const members = ['semanticHash', 'rawHash', 'link', 'name', 'kind'] as const
  return members.every((member) => told[member] === undefined || told[member] === found[member])
}

function complete(told: ToldRow, found: MigrationRow | undefined, project: LoadedProject): MigrationRow {
  const node = nodeOf(project, told.id)
  const { id, name = told.id, version = '', kind = 'sql', rawHash = '', semanticHash = '' } = node?.migration ?? { id: told.id }
  const { body: _, downBody: __, ...before } = found ?? {}
  return {
    ...{ id, name, version, kind, rawHash, semanticHash, link: node?.link ?? '', parents: node?.parents ?? [] },
    ...{ runId: '', appliedSeq: 0, appliedAt: new Date(0).toISOString(), durationMs: 0, toolVersion: '0.0.0' },
    ...before,
    ...told,
    // How long it took is not in the log where it became known only afterwards.
    ...(found !== undefined && (told.durationMs ?? 0) === 0 ? { durationMs: found.durationMs } : {}),
  }
}

async function textOf({ history }: Locked, project: LoadedProject, row: MigrationRow): Promise<Pick<MigrationRow, 'body' | 'downBody'>> {
  const node = nodeOf(project, row.id)
  if (node?.migration.semanticHash !== row.semanticHash) return (await history.body(row.id)) ?? {}
  const { body, downBody } = node.migration
  return { body, ...(downBody === undefined ? {} : { downBody }) }
}

const nodeOf = ({ graph, repeatables }: LoadedProject, id: MigrationId): GraphNode | undefined =>
  graph.get(id) ?? repeatables.find(({ migration }) => migration.id === id)
