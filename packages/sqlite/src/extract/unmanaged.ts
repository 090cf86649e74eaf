import { objectId, type FactId, type Unmanaged } from '@yama/schema'
import { significant } from '../text/tokens.ts'
import type { SchemaObject } from './catalogue.ts'
import { mentionedObjects, type ObjectNames } from './views.ts'

/** An object that the model does not carry, with the statement that makes it. */
export function unmanagedObject(object: SchemaObject, objects: ObjectNames, reason: string): Unmanaged {
  const mentioned = mentionedObjects(significant(object.sql), objects).filter(({ name }) => name !== object.name)
  const table: FactId | undefined =
    object.type === 'trigger' || object.type === 'index' ? objects.get(object.table.toLowerCase())?.id : undefined
  return {
    kind: object.type,
    name: object.name,
    reason,
    ...(table === undefined ? {} : { table }),
    dependsOn: mentioned.map(({ id }) => id),
    definition: object.sql,
  }
}

export const REASONS = {
  temporary: 'a temporary object belongs to its connection',
  nameless: 'it, or a column of it, has an empty name, which no entity can say',
  unread: 'its definition says something which this version of Yama does not read',
} as const

export const temporary = (object: SchemaObject): Unmanaged => ({
  kind: `temporary ${object.type}`,
  name: object.name,
  reason: REASONS.temporary,
  dependsOn: object.type === 'trigger' || object.type === 'index' ? [objectId('table', '', object.table)] : [],
  definition: object.sql,
})
