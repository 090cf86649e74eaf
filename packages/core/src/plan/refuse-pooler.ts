import type { Dialect } from '../contract/dialect.ts'
import type { Plan, PlannedMigration, PlannedStep } from '../contract/plan.ts'
import { coreErrors } from '../errors/errors.ts'

/** A statement that cannot run through a transaction pooler, and why. */
interface Obstacle {
  readonly planned: PlannedMigration
  readonly step: PlannedStep
  readonly why: string
}

/** Refuses, before anything runs, a plan with statements that a transaction pooler cannot pass on. */
export function refusePooler(plan: Plan, dialect: Dialect, host: string): void {
  const [first, ...more] = plan.migrations.flatMap((planned) => obstaclesOf(planned, dialect))
  if (first === undefined) return
  const { planned, step, why } = first
  const { file, id } = planned.node.migration
  const { position } = step.step
  const place = position === undefined ? file : `${position.file}:${String(position.line)}:${String(position.column)}`
  const others =
    more.length === 0 ? '' : ` The same is true of ${String(more.length)} more ${more.length === 1 ? 'statement' : 'statements'}.`
  throw coreErrors.YAMA_DIRECT_URL_NEEDED({ host, id, place, why, others }, position === undefined ? {} : { position })
}

function obstaclesOf(planned: PlannedMigration, dialect: Dialect): readonly Obstacle[] {
  return planned.groups.flatMap(({ transactional, steps }) =>
    steps.flatMap((step) => {
      const why = transactional
        ? step.step.kind === 'sql'
          ? dialect.needsSession?.(step.step.text)
          : undefined
        : 'it runs outside a transaction, and needs the session that holds the lock'
      return why === undefined ? [] : [{ planned, step, why }]
    }),
  )
}
