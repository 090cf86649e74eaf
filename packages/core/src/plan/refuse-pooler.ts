import type { Dialect } from '../contract/dialect.ts'
import type { Plan, PlannedMigration, PlannedStep } from '../contract/plan.ts'
import { coreErrors } from '../errors/errors.ts'
import type { YamaError } from '../errors/yama-error.ts'

/** A statement that cannot run through a transaction pooler, and why. */
interface Obstacle {
  readonly planned: PlannedMigration
  readonly step: PlannedStep
  readonly why: string
}

/** Refuses, before anything runs, a plan with statements that a transaction pooler cannot pass on. */
export function refusePooler(plan: Pick<Plan, 'migrations'>, dialect: Dialect, host: string): void {
  const obstacle = poolerObstacle(plan, dialect, host)
  if (obstacle !== undefined) throw obstacle
}

/** What a transaction pooler cannot pass on, as YAMA_DIRECT_URL_NEEDED at the first such statement; undefined where it can all of it. */
export function poolerObstacle({ migrations }: Pick<Plan, 'migrations'>, dialect: Dialect, host: string): YamaError | undefined {
  const [first, ...more] = migrations.flatMap((planned) => obstaclesOf(planned, dialect))
  if (first === undefined) return undefined
  const { planned, step, why } = first
  const { file, id } = planned.node.migration
  const { position } = step.step
  const place = position === undefined ? file : `${position.file}:${String(position.line)}:${String(position.column)}`
  const others =
    more.length === 0 ? '' : ` The same is true of ${String(more.length)} more ${more.length === 1 ? 'statement' : 'statements'}.`
  return coreErrors.YAMA_DIRECT_URL_NEEDED({ host, id, place, why, others }, position === undefined ? {} : { position })
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
