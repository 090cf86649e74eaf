import type { Operation } from '../contract/operation.ts'
import { newConstraint } from './new-constraint.ts'
import { readInput } from './read-input.ts'

/** Under `addPrimaryKey:` in a YAML migration. */
export interface AddPrimaryKeyInput {
  readonly table: string
  readonly columns: string | readonly string[]
  readonly name?: string
}

export const addPrimaryKey: Operation = {
  name: 'addPrimaryKey',
  description: 'Makes columns the primary key of a table that has none.',
  keys: ['table', 'columns', 'name'],
  apply(context) {
    const input = readInput(context.step, addPrimaryKey.keys)
    return newConstraint('primary', input, { columns: input.texts('columns') }, context)
  },
}
