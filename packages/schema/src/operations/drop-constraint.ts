import type { Operation } from '../contract/operation.ts'
import { removeFact } from './edit-facts.ts'
import { findMember, findObject } from './find-object.ts'
import { readInput } from './read-input.ts'

/** Under `dropConstraint:` in a YAML migration. */
export interface DropConstraintInput {
  readonly table: string
  readonly name: string
}

export const dropConstraint: Operation = {
  name: 'dropConstraint',
  description: 'Drops a primary key, unique, foreign key or check of a table.',
  keys: ['table', 'name'],
  apply(context) {
    const input = readInput(context.step, dropConstraint.keys)
    const table = findObject('table', input.text('table'), context)
    return { after: removeFact(findMember('constraint', table, input.text('name'), context), context) }
  },
}
