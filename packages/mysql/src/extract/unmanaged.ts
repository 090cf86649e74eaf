import type { Unmanaged } from '@yama/schema'
import type { ProgrammeRow, SchemaObject } from './catalogue.ts'
import type { TableModel } from './table-model.ts'
import { withoutDefiner } from '../text/without-definer.ts'

/** What a table says besides what the model carries; without a definition, so that the table is never altered blindly. */
export function unreadParts({ name, id, parsed }: TableModel): readonly Unmanaged[] {
  const foreign = parsed.foreignKeys
    .filter(({ database }) => database !== '')
    .map((key) => ({
      kind: 'foreign key',
      name: `${name}.${key.name}`,
      reason: `It refers to a table of the database ${key.database}.`,
      table: id,
      dependsOn: [],
      definition: key.text,
    }))
  return [
    ...foreign,
    ...parsed.unread.map((text) => ({
      kind: 'table part',
      name: `${name}: ${text}`,
      reason: 'The table is not fully modelled: this part of its statement is not part of the model.',
      table: id,
      dependsOn: [],
    })),
  ]
}

/** A routine whose text the user may not see, or of a kind that the model does not know. */
export function programme({ type, name, statement }: ProgrammeRow): Unmanaged {
  return {
    kind: type,
    name,
    reason:
      statement === '' ? 'Its text may be seen only by who may see all routines.' : `A ${type} of this name is not part of the model.`,
    dependsOn: [],
    ...(statement === '' ? {} : { definition: withoutDefiner(statement) }),
  }
}

export const otherObject = ({ name, failure }: SchemaObject): Unmanaged => ({
  kind: failure === undefined ? 'table' : 'view',
  name,
  reason:
    failure === undefined
      ? 'A table of this kind is not part of the model.'
      : `The server cannot print it: ${failure.replace(/\.?$/, '.')}`,
  dependsOn: [],
})
