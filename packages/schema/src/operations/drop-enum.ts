import type { Operation } from '../contract/operation.ts'
import { removeFact } from './edit-facts.ts'
import { findObject } from './find-object.ts'
import { readInput } from './read-input.ts'

/** Under `dropEnum:` in a YAML migration. */
export interface DropEnumInput {
  readonly enum: string
}

export const dropEnum: Operation = {
  name: 'dropEnum',
  description: 'Drops an enumeration type that no column uses.',
  keys: ['enum'],
  apply(context) {
    const input = readInput(context.step, dropEnum.keys)
    return { after: removeFact(findObject('enum', input.text('enum'), context), context) }
  },
}
