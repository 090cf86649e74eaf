import type { YamaError } from '@yama/core'
import type { Action } from '../contract/action.ts'
import type { AnyDelta } from '../contract/delta.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { schemaErrors } from '../errors/errors.ts'
import { describeFact } from '../facts/describe-fact.ts'

/** Refuses a plan in which something wanted is not made, something unwanted is not dropped, or a strategy was asked for in vain. */
export function checkCoverage(actions: readonly Action[], deltas: readonly AnyDelta[], dialect: SchemaDialect): readonly YamaError[] {
  const produced = new Set(actions.flatMap((action) => action.produces))
  const destroyed = new Set(actions.flatMap((action) => action.destroys))
  const lost = deltas
    .filter((delta) => (delta.change === 'add' && !produced.has(delta.id)) || (delta.change === 'drop' && !destroyed.has(delta.id)))
    .map((delta) => schemaErrors.YAMA_SCHEMA_RULE_INCOMPLETE({ dialect: dialect.kind, change: delta.change, fact: describeFact(delta.id) }))
  const open = actions
    .filter((action) => action.needs !== undefined)
    .map((action) =>
      schemaErrors.YAMA_SCHEMA_STRATEGY_MISSING({ title: action.title, strategy: action.needs?.strategy ?? '', dialect: dialect.kind }),
    )
  return [...lost, ...open]
}
