import { sha256Hex } from '@yama/core'
import { planChange, requirePlan, stateHash, type Action, type ChangeLoss, type FactBase, type SchemaDialect } from '@yama/schema'
import type { DriftedObject } from '../detect/drifted-object.ts'
import { withFactsOf } from '../detect/with-facts-of.ts'

export interface RepairPlan {
  readonly actions: readonly Action[]
  readonly losses: readonly ChangeLoss[]
  /** Of the database, what it looks like, and the statements: it confirms these and nothing later. */
  readonly digest: string
}

/** The statements that take drifted objects back to what the history made. Throws the planner's refusals, and computes only. */
export function planRepair(
  states: { readonly history: FactBase; readonly live: FactBase },
  objects: readonly DriftedObject[],
  dialect: SchemaDialect,
  databaseId: string,
): RepairPlan {
  const { history, live } = states
  const facts = objects.filter(({ managed }) => managed).flatMap((object) => object.facts)
  const plan = requirePlan(planChange({ before: live, after: withFactsOf(live, history, facts), dialect, renames: [] }))
  const digest = sha256Hex([databaseId, stateHash(live), ...plan.actions.map(({ sql }) => sql)].join('\n')).slice(0, 16)
  return { actions: plan.actions, losses: plan.losses, digest }
}
