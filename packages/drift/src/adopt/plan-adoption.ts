import { planChange, requirePlan, type ChangePlan, type FactBase, type SchemaDialect } from '@yama/schema'
import type { DriftedObject } from '../detect/drifted-object.ts'
import { withFactsOf } from '../detect/with-facts-of.ts'

export interface Adoption {
  /** What makes the same change where it was not made by hand. */
  readonly up: ChangePlan
  readonly down: ChangePlan
  /** What the history makes from then on. */
  readonly after: FactBase
}

/** The change that was made by hand, as a migration would make it. Throws the planner's refusals, and computes only. */
export function planAdoption(
  { history, live }: { readonly history: FactBase; readonly live: FactBase },
  objects: readonly DriftedObject[],
  dialect: SchemaDialect,
): Adoption {
  const facts = objects.filter(({ managed }) => managed).flatMap((object) => object.facts)
  const after = withFactsOf(history, live, facts)
  const up = requirePlan(planChange({ before: history, after, dialect, renames: [] }))
  return { up, down: planChange({ before: after, after: history, dialect, renames: [] }), after }
}
