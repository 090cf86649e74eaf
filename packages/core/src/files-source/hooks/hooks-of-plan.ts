import type { Dialect } from '../../contract/dialect.ts'
import type { Direction } from '../../contract/migration.ts'
import type { CommitGroup, DataLoss, HookEvent, Plan, PlannedHook, PlannedMigration, PlannedStep } from '../../contract/plan.ts'
import { commitGroups } from '../../plan/commit-groups.ts'
import { planLosses } from '../../plan/plan-losses.ts'
import type { HookFile } from './read-hooks.ts'

const AROUND: Readonly<Record<Direction, readonly [HookEvent, HookEvent]>> = {
  up: ['before-migration', 'after-migration'],
  down: ['before-down', 'after-down'],
}

/** The plan with the statements of hook files: around each migration that runs something, and around the run. */
export function hooksOfPlan(plan: Plan, files: readonly HookFile[], dialect: Dialect): Plan {
  if (files.length === 0) return plan
  const direction = plan.migrations[0]?.direction ?? 'up'
  const hooks = files.filter(({ only }) => only === undefined || only === direction)
  const losses: DataLoss[] = []
  const alone = new Set<CommitGroup>()
  const groupsOf = (planned: PlannedMigration, event: HookEvent): readonly CommitGroup[] => {
    const { transaction } = planned.node.migration
    return hooks
      .filter((hook) => hook.event === event)
      .flatMap((hook) => {
        const groups = marked(commitGroups(hook.mode === 'none' ? NONE : { transaction }, planned.direction, hook.steps, dialect), hook)
        if (hook.mode === 'none') for (const group of groups) alone.add(group)
        return groups
      })
  }
  const migrations = plan.migrations.map((planned): PlannedMigration => {
    if (planned.groups.every(({ steps }) => steps.length === 0)) return planned
    const [before, after] = AROUND[planned.direction]
    const added = [groupsOf(planned, before), groupsOf(planned, after)] as const
    if (added.every((groups) => groups.length === 0)) return planned
    losses.push(...planLosses([{ ...planned, groups: added.flat() }]))
    const all = [...added[0], ...planned.groups, ...added[1]]
    const together = planned.node.migration.transaction[planned.direction] === 'auto'
    return { ...planned, groups: numbered(together ? joined(all, alone) : all) }
  })
  const around = hooks
    .filter(({ event }) => event === 'before-run' || event === 'after-run' || event === 'on-error')
    .map((hook): PlannedHook => {
      const mode = { transaction: { up: hook.mode, down: hook.mode } }
      return { event: hook.event, file: hook.file, groups: commitGroups(mode, direction, hook.steps, dialect) }
    })
  const [first] = plan.migrations
  for (const { file, groups } of first === undefined ? [] : around)
    losses.push(...planLosses([{ ...first!, direction: 'up', groups }]).map((loss) => ({ ...loss, migration: file })))
  return { ...plan, migrations, hooks: around, losses: [...plan.losses, ...losses] }
}

const NONE = { transaction: { up: 'none', down: 'none' } } as const

const marked = (groups: readonly CommitGroup[], { file }: HookFile): readonly CommitGroup[] =>
  groups.map((group) => ({ ...group, steps: group.steps.map((step) => ({ ...step, hook: file })) }))

/** Neighbours that run in a transaction run in the same one, but those that stay alone. */
function joined(groups: readonly CommitGroup[], alone: ReadonlySet<CommitGroup>): readonly CommitGroup[] {
  const result: { transactional: boolean; steps: PlannedStep[] }[] = []
  let open = false
  for (const group of groups) {
    const { transactional, steps } = group
    const joins = transactional && !alone.has(group)
    const last = open && joins ? result.pop() : undefined
    result.push({ transactional, steps: [...(last?.steps ?? []), ...steps] })
    open = joins
  }
  return result
}

function numbered(groups: readonly CommitGroup[]): readonly CommitGroup[] {
  let index = 0
  return groups.map((group) => ({ ...group, steps: group.steps.map((step) => ({ ...step, index: index++ })) }))
}
