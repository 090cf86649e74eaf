import type { GraphNode } from '../contract/graph.ts'
import { HISTORY_FORMAT, type HistoryState, type MigrationRow } from '../contract/history.ts'
import type { MigrationId, SourcePosition } from '../contract/migration.ts'
import type { PlannedMigration } from '../contract/plan.ts'
import type { Status } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { compareMigrations } from '../graph/compare-migrations.ts'
import { isKnownHash } from '../hash/hash-algorithms.ts'
import { presentRows } from './compare-history.ts'
import type { PlanInput } from './plan-input.ts'

const start = (node: GraphNode): { readonly position: SourcePosition } => ({ position: { file: node.migration.file, line: 1, column: 1 } })

/** A statement or migration was begun, and its end is not recorded. */
export const isOpen = (history: HistoryState): boolean =>
  history.openSteps.length > 0 || presentRows(history).some(({ status }) => status !== 'applied')

/** Ids of what was begun and has no recorded end. */
export const openMigrations = (history: HistoryState): readonly MigrationId[] => [
  ...new Set([
    ...history.openSteps.map((step) => step.migrationId),
    ...presentRows(history).flatMap(({ id, status }) => (status === 'applied' ? [] : [id])),
  ]),
]

/** Refuses a database that belongs to another environment: a URL points to the wrong place. */
export function refuseEnvironment(history: HistoryState, environment: string | undefined): void {
  if (history.environment !== undefined && environment !== undefined && history.environment !== environment)
    throw coreErrors.YAMA_ENVIRONMENT_MISMATCH({ pinned: history.environment, environment })
}

/** Refuses a history of a newer format or of another environment. */
export function refuseForeign(history: HistoryState, environment: string | undefined): void {
  if (history.format > HISTORY_FORMAT) throw coreErrors.YAMA_HISTORY_FORMAT({ found: history.format, known: HISTORY_FORMAT })
  refuseEnvironment(history, environment)
  const unread = presentRows(history).find(({ semanticHash }) => !isKnownHash(semanticHash))
  if (unread !== undefined)
    throw coreErrors.YAMA_HASH_ALGORITHM({ id: unread.id, algorithm: unread.semanticHash.slice(0, unread.semanticHash.lastIndexOf(':')) })
}

/** Refuses a history that must not be built on: a newer format, another environment, a run that did not end. */
export function refuseHistory(history: HistoryState, environment: string | undefined): void {
  refuseForeign(history, environment)
  const step = history.openSteps[0]
  if (step !== undefined) {
    const what = step.state === 'intent' ? 'its statement was begun, and its end is not recorded' : 'its statement failed'
    throw coreErrors.YAMA_RUN_OPEN({ id: step.migrationId, status: 'open', what: `${what}: ${step.sql}` }, { data: history.openSteps })
  }
  const row = presentRows(history).find(({ status }) => status !== 'applied')
  if (row !== undefined) throw coreErrors.YAMA_RUN_OPEN({ id: row.id, status: row.status, what: 'a run of it did not end' }, { data: row })
}

export function refuseEdited(edited: readonly GraphNode[], { edits, differences }: Pick<PlanInput, 'edits' | 'differences'>): void {
  const node = edited[0]
  if (node === undefined) return
  const { id, file } = node.migration
  const change = edits?.get(id) ?? 'its statements, transaction mode or phase changed'
  throw coreErrors.YAMA_HISTORY_EDITED(
    { id, file, change },
    {
      ...start(node),
      data: {
        edited: edited.map(
          ({ migration }) =>
            differences?.find(({ id: other }) => other === migration.id) ?? { id: migration.id, file: migration.file, diff: '' },
        ),
      },
    },
  )
}

export function refuseMissing(missing: readonly MigrationRow[]): void {
  const row = missing[0]
  if (row !== undefined) throw coreErrors.YAMA_HISTORY_MISSING({ id: row.id, name: row.name }, { data: missing.map(({ id }) => id) })
}

export function refuseLate(chosen: readonly GraphNode[], status: Status, allow: PlanInput['allowLate']): void {
  if (allow === 'allow' || status.late.length === 0) return
  const allowed = (node: GraphNode): boolean =>
    Array.isArray(allow) && (allow.includes(node.migration.id) || allow.includes(node.migration.name))
  const late = new Set(status.late)
  const refused = chosen.filter((node) => late.has(node) && !allowed(node))
  const node = refused[0]
  if (node === undefined) return
  const { id, file } = node.migration
  const after = status.applied.filter((row) => compareMigrations(row, node.migration) > 0).sort(compareMigrations)[0]
  throw coreErrors.YAMA_HISTORY_LATE(
    { id, file, applied: after?.id ?? '' },
    { ...start(node), data: refused.map((other) => other.migration.id) },
  )
}

/** Refuses migrations that could only be recorded, not run. */
export function refuseSteps(planned: readonly PlannedMigration[], kinds: ReadonlySet<string>): void {
  for (const { node, direction, groups } of planned) {
    if (direction === 'up' && groups.every((group) => group.steps.length === 0)) {
      const { id, file, kind, noop } = node.migration
      if (kind !== 'merge' && noop !== true) throw coreErrors.YAMA_MIGRATION_EMPTY({ id, file }, start(node))
    }
    for (const group of groups) {
      for (const { step } of group.steps) {
        // Plugins open the union of kinds by declaration merging, so any string may come.
        const known: string = step.kind
        if (known === 'sql' || known === 'code' || kinds.has(known)) continue
        const { id, file } = node.migration
        throw coreErrors.YAMA_STEP_UNKNOWN({ id, file, kind: known }, start(node))
      }
    }
  }
}
