import type { Operation } from '../contract/operation.ts'
import { memberId } from '../facts/fact-id.ts'
import { findMember, findObject } from './find-object.ts'
import { readInput } from './read-input.ts'
import { renamed } from './renamed.ts'

/** Under `renameColumn:` in a YAML migration. */
export interface RenameColumnInput {
  readonly table: string
  readonly from: string
  readonly to: string
}

export const renameColumn: Operation = {
  name: 'renameColumn',
  description: 'Gives a column a new name. Its values stay, and keys, indexes and checks follow.',
  keys: ['table', 'from', 'to'],
  apply(context) {
    const input = readInput(context.step, renameColumn.keys)
    const table = findObject('table', input.text('table'), context)
    const column = findMember('column', table, input.text('from'), context)
    return renamed(column, memberId('column', table.schema, table.name, input.text('to')), context)
  },
}
