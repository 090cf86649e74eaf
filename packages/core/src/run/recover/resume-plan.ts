import type { CommitGroup, FoundStep, Plan, PlannedMigration, PlannedStep, RecoveryTarget } from '../../contract/plan.ts'
import { coreErrors } from '../../errors/errors.ts'
import { planLosses } from '../../plan/plan-losses.ts'
import { editedGroup, type Progress } from './find-progress.ts'
import { refuseOpen } from './refuse-open.ts'

type Assume = RecoveryTarget['assume']

/** What prepares the session and dies with it. */
const SESSION = /^(?:SET|RESET|USE|PRAGMA|ATTACH|DETACH)$/

/** A statement of which nothing can be told counts as what a person says. */
export function settleFound(progress: Progress, id: string, assume: Assume): FoundStep | undefined {
  const { found } = progress
  if (found === undefined) return undefined
  if (found.verdict === 'running') throw coreErrors.YAMA_RECOVER_RUNNING({ id, n: found.row.n + 1, why: found.why }, { data: found })
  if (found.verdict !== 'unknown') return found
  if (assume === undefined) return refuseOpen(id, found)
  return { ...found, verdict: assume, why: 'a person said so', assumed: true }
}

/** Leaves out of a migration what is done. Throws YAMA_RECOVER_EDITED where the file no longer says what was run. */
export function resumeMigration(planned: PlannedMigration, progress: Progress, found: FoundStep | undefined): PlannedMigration {
  const { attempt, done } = progress
  const rows = found?.verdict === 'done' ? [...done, found.row] : done
  const edited = editedGroup(rows, planned.groups)
  if (edited !== undefined) {
    const { id, file } = planned.node.migration
    throw coreErrors.YAMA_RECOVER_EDITED({ id, file, n: edited.n + 1, sql: edited.sql })
  }
  const steps = planned.groups.slice(0, rows.length).flatMap((group) => group.steps)
  const session = steps.flatMap(sessionText)
  const resume = {
    attempt,
    session,
    journal: planned.direction,
    groups: done.length,
    steps: steps.length,
    ...(found === undefined ? {} : { found }),
  }
  return { ...planned, groups: orEmpty(planned.groups.slice(rows.length)), resume }
}

const sessionText = ({ step, effect }: PlannedStep): readonly string[] =>
  step.kind === 'sql' && SESSION.test(effect?.verb ?? '') ? [step.text] : []

/** Nothing left to run: one empty group, which records the end. */
export const orEmpty = (groups: readonly CommitGroup[]): readonly CommitGroup[] =>
  groups.length === 0 ? [{ transactional: true, steps: [] }] : groups

/** Puts what goes on before everything else; nothing may be built on what is half done. */
export function resumeFirst(plan: Plan, resumed: PlannedMigration, appliedHash: string): Omit<Plan, 'digest'> {
  const rest = plan.migrations.filter(({ node }) => node.migration.id !== resumed.node.migration.id)
  // What the migration itself has made is still nobody's, although the statement that made it is done.
  const left = new Set(resumed.groups.flatMap(({ steps }) => steps.flatMap(({ step }) => (step.kind === 'sql' ? [step.text] : []))))
  const { id } = resumed.node.migration
  const known = plan.migrations.length > rest.length
  const losses = known ? plan.losses.filter(({ migration, statement }) => migration !== id || left.has(statement)) : planLosses([resumed])
  return { ...plan, appliedHash, losses, migrations: [resumed, ...rest] }
}
