import type { Diagnostic } from '../contract/diagnostic.ts'
import type { GraphNode } from '../contract/graph.ts'
import type { MigrationId, Phase } from '../contract/migration.ts'
import type { OrdinaryTarget, PlannedMigration } from '../contract/plan.ts'
import type { Status } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { toDiagnostic } from '../errors/to-diagnostic.ts'
import { commitGroups } from './commit-groups.ts'
import type { PlanInput } from './plan-input.ts'
import { refuseConflicts } from './refuse-conflicts.ts'
import { refuseEdited, refuseLate, refuseMissing } from './refuse-plan.ts'
import { refuseRequirements } from './refuse-requirements.ts'
import { dueRepeatables } from './repeatables.ts'
import type { DownTarget } from './down-target.ts'
import { relativeCount, resolveTargets } from './resolve-targets.ts'

type UpTarget = Exclude<OrdinaryTarget, DownTarget>

export interface PlannedList {
  readonly migrations: readonly PlannedMigration[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What has to be applied for a target, in the order of the graph. */
export function planUp(input: PlanInput, target: UpTarget, status: Status): PlannedList {
  const wanted = limit(within(input, target, status))
  const { chosen, diagnostics } = inPhase(wanted, target.phase, input)
  refuseEdited(status.edited, input)
  if (chosen.length > 0) refuseMissing(status.missing)
  else diagnostics.push(...status.missing.map(({ id, name }) => toDiagnostic(coreErrors.YAMA_HISTORY_MISSING({ id, name }), 'warning')))
  refuseLate(chosen, status, input.allowLate)
  const again = repeats(chosen)
  const all = again.length === 0 ? chosen : [...chosen, ...again]
  refuseConflicts(chosen, input)
  // Each migration is looked at once for everything: a hundred thousand of them are in no cache.
  const requiring: GraphNode[] = []
  const idle: GraphNode[] = []
  const migrations = all.map((node): PlannedMigration => {
    const { migration } = node
    if (migration.requires.length > 0) requiring.push(node)
    if (migration.noop === true) idle.push(node)
    return { node, direction: 'up', groups: commitGroups(migration, 'up', migration.up, input.dialect), fromHistory: false }
  })
  if (requiring.length > 0) refuseRequirements(all, input)
  diagnostics.push(...emptyFiles(idle), ...elsewhere(idle))
  return { migrations, diagnostics }

  /** What is repeatable describes the newest schema, so it runs only when everything else is there. */
  function repeats(versioned: readonly GraphNode[]): readonly GraphNode[] {
    const { repeatables = [] } = input
    const due = 'again' in target ? repeatables : dueRepeatables(repeatables, input.history, versioned.length > 0)
    if (due.length === 0 || versioned.length === status.pending.length) return due
    const names = due.map(({ migration }) => migration.name).join(', ')
    diagnostics.push(toDiagnostic(coreErrors.YAMA_REPEATABLE_WAITS({ names, pending: status.pending.length - versioned.length }), 'info'))
    return []
  }

  function limit(nodes: readonly GraphNode[]): readonly GraphNode[] {
    if (!('upSteps' in target)) return nodes
    if (!Number.isInteger(target.upSteps) || target.upSteps < 0) throw coreErrors.YAMA_TARGET_COUNT({ count: target.upSteps })
    return nodes.slice(0, target.upSteps)
  }
}

/** An empty half of a pair runs nothing; whoever reads the plan shall know. */
function emptyFiles(chosen: readonly GraphNode[]): readonly Diagnostic[] {
  return chosen
    .filter(({ migration }) => migration.repeatable === undefined && migration.body.trim() === '')
    .map(({ migration: { id, file } }) =>
      toDiagnostic(coreErrors.YAMA_MIGRATION_NOTHING({ id, file }, { position: { file, line: 1, column: 1 } }), 'info'),
    )
}

function elsewhere(chosen: readonly GraphNode[]): readonly Diagnostic[] {
  return chosen
    .filter(({ migration }) => migration.elsewhere === true)
    .map(({ migration: { id, file, appliesTo = '' } }) =>
      toDiagnostic(
        coreErrors.YAMA_MIGRATION_ELSEWHERE({ id, file, expression: appliesTo }, { position: { file, line: 1, column: 1 } }),
        'info',
      ),
    )
}

function within(input: PlanInput, target: UpTarget, { pending }: Status): readonly GraphNode[] {
  if (!('up' in target) || target.up === 'latest') return pending
  const count = relativeCount(target.up)
  if (count !== undefined) {
    if (count < 0) throw coreErrors.YAMA_TARGET_COUNT({ count: target.up })
    return pending.slice(0, count)
  }
  // A skipped file may not even have been read, so its name is asked for first.
  const ids = input.skipped?.has(target.up) === true ? [target.up] : resolveTargets(target.up, input.graph, input.history)
  const id = ids.find((wanted) => input.skipped?.has(wanted) === true)
  if (id !== undefined) throw coreErrors.YAMA_TARGET_SKIPPED({ id })
  const needed = input.graph.closure(ids.filter((wanted) => input.graph.get(wanted) !== undefined))
  return pending.filter((node) => needed.has(node.migration.id))
}

/** Keeps one phase. What waits for another phase is left out and told. */
function inPhase(
  wanted: readonly GraphNode[],
  phase: Phase | undefined,
  { graph, history }: PlanInput,
): { readonly chosen: readonly GraphNode[]; readonly diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  if (phase === undefined) return { chosen: wanted, diagnostics }
  const applied = new Set(history.migrations.filter((row) => row.status === 'applied').map((row) => row.id))
  const included = new Set<MigrationId>(wanted.map((node) => node.migration.id))
  const blockers = new Map<MigrationId, GraphNode>()
  const chosen: GraphNode[] = []
  for (const node of graph.order()) {
    const { id, file } = node.migration
    if (applied.has(id)) continue
    const blocker = node.parents.map((parent) => blockers.get(parent)).find((found) => found !== undefined)
    const ofPhase = node.migration.phase === phase
    if (blocker !== undefined) blockers.set(id, blocker)
    else if (included.has(id) && !ofPhase) blockers.set(id, node)
    if (!included.has(id) || !ofPhase) continue
    if (blocker === undefined) chosen.push(node)
    else {
      const details = { id, phase, blocker: blocker.migration.id, blockerPhase: blocker.migration.phase }
      diagnostics.push(toDiagnostic(coreErrors.YAMA_PLAN_PHASE(details, { position: { file, line: 1, column: 1 } }), 'warning'))
    }
  }
  return { chosen, diagnostics }
}
