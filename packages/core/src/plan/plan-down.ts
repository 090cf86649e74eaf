import type { Diagnostic } from '../contract/diagnostic.ts'
import type { GraphNode } from '../contract/graph.ts'
import type { MigrationRow } from '../contract/history.ts'
import type { MigrationId, Step } from '../contract/migration.ts'
import type { OrdinaryTarget, PlannedMigration } from '../contract/plan.ts'
import type { Status } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { toDiagnostic } from '../errors/to-diagnostic.ts'
import { commitGroups } from './commit-groups.ts'
import { recordedParents } from './compare-history.ts'
import type { PlanInput } from './plan-input.ts'
import type { PlannedList } from './plan-up.ts'
import { refuseEdited } from './refuse-plan.ts'
import { resolveTarget } from './resolve-target.ts'

export type DownTarget = Extract<OrdinaryTarget, { readonly down: number } | { readonly downTo: string }>

/** What has to be reverted for a target: the last applied first, as they were applied, not as files are sorted. */
export function rowsToRevert(
  { graph, history }: Pick<PlanInput, 'graph' | 'history'>,
  target: DownTarget,
  status: Status,
): readonly MigrationRow[] {
  const newestFirst = [...status.applied].reverse()
  if ('down' in target) {
    if (!Number.isInteger(target.down) || target.down < 0) throw coreErrors.YAMA_TARGET_COUNT({ count: target.down })
    return newestFirst.slice(0, target.down)
  }
  if (target.downTo === 'base') return newestFirst
  const id = resolveTarget(target.downTo, graph, history)
  const rows = new Map(status.applied.map((row) => [row.id, row]))
  if (!rows.has(id)) throw coreErrors.YAMA_TARGET_NOT_APPLIED({ id })
  const kept = new Set<MigrationId>()
  const open = [id]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const row = rows.get(next)
    if (row === undefined || kept.has(next)) continue
    kept.add(next)
    open.push(...recordedParents(row))
  }
  return newestFirst.filter((row) => !kept.has(row.id))
}

export function planDown(input: PlanInput, target: DownTarget, status: Status): PlannedList {
  const rows = rowsToRevert(input, target, status)
  const reverted = new Set(rows.map((row) => row.id))
  refuseEdited(
    status.edited.filter((node) => reverted.has(node.migration.id)),
    input.edits,
  )
  refuseNeeded(rows, status)
  const diagnostics: Diagnostic[] = []
  const migrations = rows.map((row): PlannedMigration => {
    const file = input.graph.get(row.id)
    const node = file ?? storedNode(row, input)
    return {
      node,
      direction: 'down',
      groups: commitGroups(node.migration, 'down', downSteps(node, input, diagnostics), input.dialect),
      fromHistory: file === undefined,
    }
  })
  return { migrations, diagnostics }
}

/** In the order of reverting, nothing may lose its parent before itself. */
function refuseNeeded(rows: readonly MigrationRow[], status: Status): void {
  const gone = new Set<MigrationId>()
  const children = new Map<MigrationId, MigrationId[]>()
  for (const row of status.applied) {
    for (const parent of recordedParents(row)) {
      const list = children.get(parent)
      if (list === undefined) children.set(parent, [row.id])
      else list.push(row.id)
    }
  }
  for (const { id } of rows) {
    const child = children.get(id)?.find((candidate) => !gone.has(candidate))
    if (child !== undefined) throw coreErrors.YAMA_DOWN_NEEDED({ id, child })
    gone.add(id)
  }
}

function storedNode(row: MigrationRow, { stored }: PlanInput): GraphNode {
  const migration = stored?.get(row.id)
  if (migration === undefined) throw coreErrors.YAMA_DOWN_FILE_MISSING({ id: row.id, name: row.name })
  return { migration, parents: recordedParents(row), children: [], link: row.link, level: 0 }
}

/** After the `plan` hooks: a way back that was left to them must be there now. */
export function refuseWithoutWayBack(migrations: readonly PlannedMigration[]): void {
  for (const {
    node: { migration },
    direction,
    groups,
  } of migrations) {
    const { id, file, down, kind, metadata } = migration
    if (direction === 'up' || down !== undefined || kind === 'merge' || metadata.commentedRollback !== undefined) continue
    if (groups.every((group) => group.steps.length === 0))
      throw coreErrors.YAMA_DOWN_MISSING({ id, file }, { position: { file, line: 1, column: 1 } })
  }
}

function downSteps(node: GraphNode, { dialect, derivesDown }: PlanInput, diagnostics: Diagnostic[]): readonly Step[] {
  const { id, file, up, down, kind, reversibility, metadata } = node.migration
  const position = { file, line: 1, column: 1 }
  if (reversibility === 'irreversible') throw coreErrors.YAMA_DOWN_IRREVERSIBLE({ id, file }, { position })
  if (down !== undefined) return down
  if (kind === 'merge') return []
  if (derivesDown === true && up.some((step) => step.kind !== 'sql' && step.kind !== 'code')) return []
  if (metadata.commentedRollback === undefined) throw coreErrors.YAMA_DOWN_MISSING({ id, file }, { position })
  diagnostics.push(toDiagnostic(coreErrors.YAMA_DOWN_COMMENTED({ id, file }, { position }), 'warning'))
  return dialect.splitStatements(metadata.commentedRollback).map(({ text, transaction }) => ({ kind: 'sql', text, transaction }))
}
