import type { Operation } from '../contract/operation.ts'
import { removeFact } from './edit-facts.ts'
import { findObject } from './find-object.ts'
import { readInput } from './read-input.ts'

/** Under `dropTable:` in a YAML migration. */
export interface DropTableInput {
  readonly table: string
}

export const dropTable: Operation = {
  name: 'dropTable',
  description: 'Drops a table with its rows, keys and indexes.',
  keys: ['table'],
  apply(context) {
    const input = readInput(context.step, dropTable.keys)
    return { after: removeFact(findObject('table', input.text('table'), context), context) }
  },
}
