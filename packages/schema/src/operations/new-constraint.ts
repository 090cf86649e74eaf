import type { OperationContext, OperationResult } from '../contract/operation.ts'
import type { ConstraintPayload } from '../facts/constraint.ts'
import { memberId } from '../facts/fact-id.ts'
import { addFact } from './edit-facts.ts'
import { findMember, findObject } from './find-object.ts'
import type { InputReader } from './read-input.ts'

/** Adds a constraint to the table of the input, under its stated name or the server's own. */
export function newConstraint(
  type: 'primary' | 'unique' | 'foreign' | 'check',
  input: InputReader,
  payload: Pick<ConstraintPayload, 'columns'> & Partial<ConstraintPayload>,
  context: OperationContext,
): OperationResult {
  const table = findObject('table', input.text('table'), context)
  for (const column of payload.columns) findMember('column', table, column, context)
  const stated = input.optionalText('name')
  const name = stated ?? context.dialect.defaultName(type, table.name, payload.columns)
  const after = addFact(
    {
      kind: 'constraint',
      id: memberId('constraint', table.schema, table.name, name),
      schema: table.schema,
      name,
      parent: table.id,
      dependsOn: [],
      payload: { type, named: stated !== undefined, options: {}, ...payload },
    },
    context,
  )
  return { after }
}
