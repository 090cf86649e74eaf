import type { Diagnostic } from '../contract/diagnostic.ts'
import type { GraphNode } from '../contract/graph.ts'
import type { MigrationRow } from '../contract/history.ts'
import type { MigrationId, Step } from '../contract/migration.ts'
import type { PlannedMigration } from '../contract/plan.ts'
import type { Status } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { toDiagnostic } from '../errors/to-diagnostic.ts'
import { commitGroups } from './commit-groups.ts'
import { recordedParents } from './compare-history.ts'
import type { DownTarget } from './down-target.ts'
import type { PlanInput } from './plan-input.ts'
import type { PlannedList } from './plan-up.ts'
import { refuseEdited } from './refuse-plan.ts'
import { relativeCount, resolveTargets } from './resolve-targets.ts'

/** What has to be reverted for a target: the last applied first, as they were applied, not as files are sorted. */
export function rowsToRevert(
  { graph, history }: Pick<PlanInput, 'graph' | 'history'>,
  target: DownTarget,
  status: Status,
): readonly MigrationRow[] {
  const newestFirst = checkpointsLast([...status.applied].reverse())
  if ('down' in target) {
    if (!Number.isInteger(target.down) || target.down < 0) throw coreErrors.YAMA_TARGET_COUNT({ count: target.down })
    return newestFirst.slice(0, target.down)
  }
  if ('downRun' in target) return newestFirst.filter(({ runId }) => runId === runOf(target.downRun, newestFirst))
  const count = relativeCount(target.downTo)
  if (count !== undefined) {
    if (count >= 0) throw coreErrors.YAMA_TARGET_COUNT({ count: target.downTo })
    return newestFirst.slice(0, -count)
  }
  const ids = keptBy(target.downTo, graph, history, newestFirst)
  const rows = new Map(status.applied.map((row) => [row.id, row]))
  const absent = ids.find((id) => !rows.has(id))
  if (absent !== undefined) throw coreErrors.YAMA_TARGET_NOT_APPLIED({ id: absent })
  const kept = new Set<MigrationId>()
  const open = [...ids]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const row = rows.get(next)
    if (row === undefined || kept.has(next)) continue
    kept.add(next)
    open.push(...recordedParents(row))
  }
  return newestFirst.filter((row) => !kept.has(row.id))
}

/** What a checkpoint stands for is older than whatever came after it, also where it was adopted later. */
function checkpointsLast(newestFirst: readonly MigrationRow[]): readonly MigrationRow[] {
  const covered = new Set(newestFirst.flatMap(({ covers }) => covers ?? []))
  if (covered.size === 0) return newestFirst
  const rank = ({ id, covers }: MigrationRow): number => (covered.has(id) ? 2 : covers === undefined ? 0 : 1)
  return newestFirst.toSorted((a, b) => rank(a) - rank(b))
}

/** `head` of a database is what was applied last: `head-2` keeps all but the last two. */
function keptBy(
  target: string,
  graph: PlanInput['graph'],
  history: PlanInput['history'],
  newestFirst: readonly MigrationRow[],
): readonly MigrationId[] {
  const back = /^(?:head|latest)(?:-(\d{1,6}))?$/.exec(target)
  if (back === null) return resolveTargets(target, graph, history)
  return newestFirst.slice(Number(back[1] ?? 0)).map(({ id }) => id)
}

function runOf(text: string, newestFirst: readonly MigrationRow[]): string {
  const runs = [...new Set(newestFirst.map(({ runId }) => runId))]
  const found = text === 'last' ? runs.slice(0, 1) : runs.filter((id) => text !== '' && id.startsWith(text))
  if (found.length > 1) throw coreErrors.YAMA_TARGET_AMBIGUOUS({ target: text, candidates: found.slice(0, 5).join(', ') }, { data: found })
  if (found[0] === undefined) throw coreErrors.YAMA_TARGET_RUN({ run: text })
  return found[0]
}

export function planDown(input: PlanInput, target: DownTarget, status: Status): PlannedList {
  const rows = rowsToRevert(input, target, status)
  const reverted = new Set(rows.map((row) => row.id))
  refuseEdited(
    status.edited.filter((node) => reverted.has(node.migration.id)),
    input,
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
