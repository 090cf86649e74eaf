import type { Operation } from '../contract/operation.ts'
import { removeFact } from './edit-facts.ts'
import { findMember, findObject } from './find-object.ts'
import { readInput } from './read-input.ts'

/** Under `dropIndex:` in a YAML migration. */
export interface DropIndexInput {
  readonly table: string
  readonly name: string
}

export const dropIndex: Operation = {
  name: 'dropIndex',
  description: 'Drops an index of a table.',
  keys: ['table', 'name'],
  apply(context) {
    const input = readInput(context.step, dropIndex.keys)
    const table = findObject('table', input.text('table'), context)
    return { after: removeFact(findMember('index', table, input.text('name'), context), context) }
  },
}
