import type { Operation } from '../contract/operation.ts'
import { objectId } from '../facts/fact-id.ts'
import { findObject } from './find-object.ts'
import { readInput } from './read-input.ts'
import { renamed } from './renamed.ts'

/** Under `renameTable:` in a YAML migration. */
export interface RenameTableInput {
  readonly from: string
  readonly to: string
}

export const renameTable: Operation = {
  name: 'renameTable',
  description: 'Gives a table a new name. Its columns, keys, indexes and rows stay.',
  keys: ['from', 'to'],
  apply(context) {
    const input = readInput(context.step, renameTable.keys)
    const table = findObject('table', input.text('from'), context)
    return renamed(table, objectId('table', table.schema, input.text('to')), context)
  },
}
