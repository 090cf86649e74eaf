import type { Diagnostic } from '../contract/diagnostic.ts'
import type { Plan } from '../contract/plan.ts'
import { coreErrors } from '../errors/errors.ts'
import { toDiagnostic } from '../errors/to-diagnostic.ts'
import { compareHistory } from './compare-history.ts'
import { appliedHash, planDigest } from './plan-digest.ts'
import { isDown } from './down-target.ts'
import { planDown } from './plan-down.ts'
import type { PlanInput } from './plan-input.ts'
import { planLosses } from './plan-losses.ts'
import { planUp } from './plan-up.ts'
import { refuseHistory, refuseSteps } from './refuse-plan.ts'

/**
 * What would run, as a value; touches nothing. Nothing to do is an empty plan. Throws what must be refused: see the
 * codes YAMA_TARGET_…, YAMA_HISTORY_…, YAMA_DOWN_…, YAMA_RUN_OPEN, YAMA_ENVIRONMENT_MISMATCH, YAMA_STEP_UNKNOWN.
 *
 * @example makePlan({ graph, history: await store.read(), target: { up: 'latest' }, dialect, project: 'default' }).migrations
 */
export function makePlan(input: PlanInput): Plan {
  const { graph, history, target, project, environment } = input
  refuseHistory(history, environment)
  const status = compareHistory(graph, history, {
    ...(input.late === undefined ? {} : { late: input.late }),
    ...(input.skipped === undefined ? {} : { skipped: input.skipped }),
    ...(input.repeatables === undefined ? {} : { repeatables: input.repeatables }),
  })
  const { migrations, diagnostics } = isDown(target) ? planDown(input, target, status) : planUp(input, target, status)
  refuseSteps(migrations, input.stepKinds ?? new Set())
  const cosmetic = status.cosmetic.map(({ migration: { id, file } }): Diagnostic =>
    toDiagnostic(coreErrors.YAMA_COSMETIC_EDIT({ id, file }, { position: { file, line: 1, column: 1 } }), 'info'),
  )
  const heads = new Set(status.heads)
  return sealPlan({
    format: 1,
    project,
    databaseId: history.databaseId,
    environment,
    target,
    appliedHash: appliedHash(history),
    heads: status.applied.filter(({ id }) => heads.has(id)).map(({ id, name }) => ({ id, name })),
    migrations,
    losses: history.tables?.length === 0 ? [] : planLosses(migrations, history.tables),
    diagnostics: [...diagnostics, ...cosmetic],
  })
}

/** Gives a plan its digest. */
export function sealPlan(plan: Omit<Plan, 'digest'>): Plan {
  return Object.freeze({ ...plan, digest: planDigest(plan) })
}
