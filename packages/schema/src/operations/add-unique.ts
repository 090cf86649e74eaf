import type { Operation } from '../contract/operation.ts'
import { newConstraint } from './new-constraint.ts'
import { readInput } from './read-input.ts'

/** Under `addUnique:` in a YAML migration. */
export interface AddUniqueInput {
  readonly table: string
  readonly columns: string | readonly string[]
  readonly name?: string
  readonly nullsNotDistinct?: boolean
}

export const addUnique: Operation = {
  name: 'addUnique',
  description: 'Adds a unique constraint.',
  keys: ['table', 'columns', 'name', 'nullsNotDistinct'],
  apply(context) {
    const input = readInput(context.step, addUnique.keys)
    const distinct = input.flag('nullsNotDistinct') === true ? { nullsNotDistinct: true } : {}
    return newConstraint('unique', input, { columns: input.texts('columns'), ...distinct }, context)
  },
}
