import type { YamaConfig } from '../../contract/config.ts'
import type { Connection } from '../../contract/dialect.ts'
import type { HistoryState, HistoryStore } from '../../contract/history.ts'
import type { MigrationId } from '../../contract/migration.ts'
import type { OrdinaryTarget, Plan, PlannedMigration, Target } from '../../contract/plan.ts'
import { coreErrors } from '../../errors/errors.ts'
import { commitGroups } from '../../plan/commit-groups.ts'
import { appliedHash } from '../../plan/plan-digest.ts'
import { openMigrations, refuseHistory } from '../../plan/refuse-plan.ts'
import type { LoadedProject } from '../load-project.ts'
import { editedGroup, findProgress, type Progress } from './find-progress.ts'
import { orEmpty, resumeFirst, resumeMigration, settleFound } from './resume-plan.ts'
import { undoSteps } from './undo-steps.ts'

export interface RecoveryInput {
  readonly config: YamaConfig
  readonly project: LoadedProject
  readonly state: HistoryState
  readonly history: HistoryStore
  readonly connection: Connection
  /** Plans as if nothing were open; runs the `plan` hooks. */
  readonly planFor: (state: HistoryState, target: OrdinaryTarget) => Promise<Plan>
}

/**
 * A plan over a database in which a run did not end: what is left of that run comes first. Throws YAMA_RUN_OPEN where the
 * database does not show how far it came, or where the target goes the other way, and other YAMA_RECOVER_… codes.
 */
export async function planRecovery(input: RecoveryInput, target: Target): Promise<Omit<Plan, 'digest'>> {
  const { config, state, history, connection } = input
  const [id, ...others] = openMigrations(state)
  const progress = id === undefined ? undefined : await findProgress(config.dialect, connection, history, id)
  // Without a journal, or with several at once, nothing follows.
  if (id === undefined || others.length > 0 || progress === undefined || progress.gap) return refuseAll(input)
  const recover = 'recover' in target ? target.recover : undefined
  const undone = (await history.steps([id])).filter((row) => row.attempt === progress.attempt && row.direction === 'up')
  if (recover === 'undo' || (recover === 'continue' && progress.direction === 'down' && undone.length > 0))
    return await planUndo(input, target, id, progress, undone.filter(({ state: end }) => end === 'done' || end === 'healed').length)
  const wanted = 'recover' in target ? progress.direction : 'down' in target || 'downTo' in target ? 'down' : 'up'
  if (wanted !== progress.direction) return refuseDirection(id, progress)
  const ordinary: OrdinaryTarget = !('recover' in target) ? target : progress.direction === 'up' ? { up: id } : { down: 1 }
  const plan = await input.planFor(asIfClosed(state, id, progress), ordinary)
  const planned = plan.migrations.find(({ node }) => node.migration.id === id)
  if (planned === undefined) return refuseDirection(id, progress)
  const found = settleFound(progress, id, 'recover' in target ? target.assume : undefined)
  const resumed = resumeMigration(planned, progress, found)
  return { ...resumeFirst(plan, resumed, appliedHash(state)), target }
}

/** What it was before the run began: not applied, or applied as a whole. */
function asIfClosed(state: HistoryState, id: MigrationId, { direction }: Progress): HistoryState {
  const migrations = state.migrations.flatMap((row) =>
    row.id !== id ? [row] : direction === 'up' ? [] : [{ ...row, status: 'applied' as const }],
  )
  return { ...state, migrations, openSteps: [] }
}

async function planUndo(
  { config: { dialect }, project, state, planFor }: RecoveryInput,
  target: Target,
  id: MigrationId,
  progress: Progress,
  recorded: number,
): Promise<Omit<Plan, 'digest'>> {
  const node = project.graph.get(id)
  if (node === undefined) throw coreErrors.YAMA_RECOVER_UNDO({ id, why: 'its file is gone' })
  const found = settleFound(progress, id, 'recover' in target ? target.assume : undefined)
  const { migration } = node
  const ways = commitGroups(migration, 'up', migration.up, dialect)
  // What hook files added is in the journal too, and nobody wrote a way back for it.
  if (progress.direction === 'up' && editedGroup(progress.done, ways) !== undefined)
    throw coreErrors.YAMA_RECOVER_UNDO({ id, why: 'its file, or a hook around it, is not what was run' })
  const took = recorded + (progress.direction === 'up' && found?.verdict === 'done' ? 1 : 0)
  const effective = ways.slice(0, took).reduce((sum, group) => sum + group.steps.length, 0)
  const groups = orEmpty(commitGroups(migration, 'down', undoSteps(migration, effective, dialect), dialect))
  const planned: PlannedMigration = { node, groups, direction: 'down', fromHistory: false }
  const { attempt, direction, done } = progress
  const fresh = { attempt, journal: direction, groups: done.length, steps: 0, session: [], ...(found === undefined ? {} : { found }) }
  const resumed = direction === 'up' ? { ...planned, resume: fresh } : resumeMigration(planned, progress, found)
  const empty = await planFor(asIfClosed(state, id, { ...progress, direction: 'up' }), { upSteps: 0 })
  return { ...resumeFirst(empty, resumed, appliedHash(state)), target }
}

function refuseAll({ state, config }: RecoveryInput): never {
  refuseHistory(state, config.environment?.name)
  throw coreErrors.YAMA_RECOVER_NOTHING({})
}

function refuseDirection(id: MigrationId, { direction }: Progress): never {
  const what = direction === 'up' ? 'a run that applied it did not end' : 'a run that reverted it did not end'
  throw coreErrors.YAMA_RUN_OPEN({ id, status: 'partial', what: `${what}, and this plan does not continue it` })
}
