import type { Operation } from '../contract/operation.ts'
import { removeFact } from './edit-facts.ts'
import { findMember, findObject } from './find-object.ts'
import { readInput } from './read-input.ts'

/** Under `dropColumn:` in a YAML migration. */
export interface DropColumnInput {
  readonly table: string
  readonly column: string
}

export const dropColumn: Operation = {
  name: 'dropColumn',
  description: 'Drops a column with its values, and the keys and indexes of its table that use it.',
  keys: ['table', 'column'],
  apply(context) {
    const input = readInput(context.step, dropColumn.keys)
    const table = findObject('table', input.text('table'), context)
    return { after: removeFact(findMember('column', table, input.text('column'), context), context) }
  },
}
