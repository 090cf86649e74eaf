import type { OperationContext, OperationResult } from '../contract/operation.ts'
import { schemaErrors } from '../errors/errors.ts'
import { describeFact } from '../facts/describe-fact.ts'
import type { AnyFact, FactId } from '../facts/fact.ts'
import { applyRenames } from '../renames/apply-renames.ts'

/** The result of renaming one fact; throws YAMA_OPERATION_EXISTS where the new name is taken. */
export function renamed(fact: AnyFact, to: FactId, { base, step }: OperationContext): OperationResult {
  if (base.facts.has(to))
    throw schemaErrors.YAMA_OPERATION_EXISTS({ operation: step.name, object: describeFact(to) }, { position: step.position })
  const renames = [{ from: fact.id, to }]
  return { after: applyRenames(base, renames), renames }
}
