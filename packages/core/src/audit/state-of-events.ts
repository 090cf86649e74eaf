import type { EventRow, JsonValue, MigrationRow } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import { versionOf } from '../files-source/version-of.ts'

/** A row as the log tells it; the text and what an older event did not say are missing. */
export type ToldRow = Partial<MigrationRow> & Pick<MigrationRow, 'id' | 'status'>

/** The state that the events lead to, row by row; takes them in order, in as many calls as they come in. */
export interface StateOfEvents {
  take(events: readonly EventRow[]): void
  rows(): ReadonlyMap<MigrationId, ToldRow>
}

const APPLIED: ReadonlySet<string> = new Set(['migration.succeeded', 'marked_applied', 'baselined', 'adopted', 'checkpoint.adopted'])
const REVERTED: ReadonlySet<string> = new Set(['migration.reverted', 'marked_reverted', 'forgotten'])

/**
 * Folds the log into rows: what `rebuild-state` writes, and what an audit compares the table of migrations with.
 *
 * @example const state = stateOfEvents(); state.take(await history.events()); state.rows().get('m_1')?.status // 'applied'
 */
export function stateOfEvents(): StateOfEvents {
  const rows = new Map<MigrationId, ToldRow>()
  const versions = new Map<string, string>()
  const take = (event: EventRow): void => {
    const { type, migrationId: id, payload, runId } = event
    if (typeof payload['toolVersion'] === 'string') versions.set(runId, payload['toolVersion'])
    if (type === 'database.reset') for (const [key, row] of rows) rows.set(key, { ...row, status: 'reverted' })
    if (id === undefined) return
    const before = rows.get(id)
    if (APPLIED.has(type)) rows.set(id, appliedRow(event, id, versions.get(runId), before))
    else if (type === 'migration.failed' && payload['code'] === 'YAMA_MIGRATION_PARTIAL') rows.set(id, { ...before, id, status: 'partial' })
    else if (before === undefined) return
    else if (REVERTED.has(type)) rows.set(id, { ...before, status: 'reverted' })
    else if (type === 'retried') rows.set(id, { ...before, status: payload['direction'] === 'down' ? 'applied' : 'reverted' })
    else if (type === 'edit.accepted') rows.set(id, { ...before, ...stated(payload) })
  }
  return { take: (events) => events.forEach(take), rows: () => rows }
}

function appliedRow({ seq, at, runId, actor, payload }: EventRow, id: string, tool: string | undefined, before?: ToldRow): ToldRow {
  const commit = actor['gitCommit'] ?? actor['commit']
  const { durationMs } = payload
  return {
    ...before,
    id,
    status: 'applied',
    ...stated(payload),
    runId,
    appliedSeq: seq,
    appliedAt: at,
    durationMs: typeof durationMs === 'number' ? durationMs : 0,
    ...(tool === undefined ? {} : { toolVersion: tool }),
    ...(commit === undefined ? {} : { gitCommit: commit }),
  }
}

const MEMBERS = [
  ['name', 'name'],
  ['kind', 'kind'],
  ['link', 'link'],
  ['raw', 'rawHash'],
  ['semantic', 'semanticHash'],
  ['before', 'stateBefore'],
  ['after', 'stateAfter'],
] as const

function stated(payload: Readonly<Record<string, JsonValue>>): Partial<MigrationRow> {
  const found: Record<string, unknown> = {}
  for (const [key, member] of MEMBERS) if (typeof payload[key] === 'string') found[member] = payload[key]
  if (typeof payload['name'] === 'string') found['version'] = versionOf(payload['name'])
  for (const key of ['parents', 'covers']) if (Array.isArray(payload[key])) found[key] = payload[key]
  return found
}
