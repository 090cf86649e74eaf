import type { Operation } from '../contract/operation.ts'
import { newConstraint } from './new-constraint.ts'
import { readInput } from './read-input.ts'

/** Under `addCheck:` in a YAML migration. */
export interface AddCheckInput {
  readonly table: string
  readonly expression: string
  readonly name?: string
}

export const addCheck: Operation = {
  name: 'addCheck',
  description: 'Adds a check; every row must meet the expression.',
  keys: ['table', 'expression', 'name'],
  apply(context) {
    const input = readInput(context.step, addCheck.keys)
    return newConstraint('check', input, { columns: [], expression: input.text('expression') }, context)
  },
}
