import type { YamaError } from '@yama/core'
import { callRule } from '../actions/run-rules.ts'
import { groupDeltas, ruleContext } from '../actions/rule-context.ts'
import { serverOf } from '../actions/server-of.ts'
import type { Action } from '../contract/action.ts'
import type { ChangeRequest } from '../contract/change-plan.ts'
import type { AnyDelta, Rename } from '../contract/delta.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import type { FactBase } from '../facts/fact.ts'
import { renameStages } from './rename-stages.ts'

export interface RenamePlan {
  readonly actions: readonly Action[]
  readonly deltas: readonly AnyDelta[]
  readonly refusals: readonly YamaError[]
}

/**
 * The rename actions alone, in the order in which they must run. Run in a clone of `before` and extracted, they give the `renamed` base
 * that `planChange` takes: then the server itself has written the new names into every expression.
 * Throws YAMA_SCHEMA_RENAME_INVALID.
 */
export function planRenames(
  before: FactBase,
  renames: readonly Rename[],
  dialect: SchemaDialect,
  server?: ChangeRequest['server'],
): RenamePlan {
  const stages = renameStages(before, renames)
  const deltas = stages.map((stage) => stage.delta)
  const refusals: YamaError[] = []
  const grouped = groupDeltas(deltas)
  const actions = stages.flatMap((stage) => {
    const context = ruleContext({
      before: stage.before,
      after: stage.after,
      server: server ?? serverOf(dialect, before),
      deltas: grouped,
      replaced: new Set(),
      claimed: new Set(),
    })
    return callRule(stage.delta, { dialect, context, refusals })
  })
  return { actions, deltas, refusals }
}
