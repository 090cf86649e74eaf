import type { YamaError } from '@yama/core'
import { callRule } from '../actions/run-rules.ts'
import { groupDeltas, ruleContext } from '../actions/rule-context.ts'
import { serverOf } from '../actions/server-of.ts'
import type { Action } from '../contract/action.ts'
import type { ChangeRequest } from '../contract/change-plan.ts'
import type { AnyDelta, Rename } from '../contract/delta.ts'
import type { RuleContext, SchemaDialect } from '../contract/schema-dialect.ts'
import type { FactBase } from '../facts/fact.ts'
import { renameStages } from './rename-stages.ts'
import { schemasOfRenames } from './schemas-of-renames.ts'

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
  const schemas = schemasOfRenames(before, renames, dialect)
  const added = schemas.map((to): AnyDelta => ({ change: 'add', kind: 'schema', id: to.id, to }))
  const deltas = [...added, ...stages.map((stage) => stage.delta)]
  const refusals: YamaError[] = []
  const grouped = groupDeltas(deltas)
  const contextOf = (from: FactBase, to: FactBase): RuleContext =>
    ruleContext({
      before: from,
      after: to,
      server: server ?? serverOf(dialect, before),
      deltas: grouped,
      replaced: new Set(),
      claimed: new Set(),
    })
  const actions = [
    // Part of the renames, so that the order leaves them in front.
    ...added
      .flatMap((delta) => callRule(delta, { dialect, context: contextOf(before, before), refusals }))
      .map((action): Action => ({ ...action, because: { ...action.because, change: 'rename' } })),
    ...stages.flatMap((stage) => callRule(stage.delta, { dialect, context: contextOf(stage.before, stage.after), refusals })),
  ]
  return { actions, deltas, refusals }
}
