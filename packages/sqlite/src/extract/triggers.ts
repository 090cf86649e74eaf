import { memberId, type Fact, type FactId } from '@yama/schema'
import { significant } from '../text/tokens.ts'
import type { SchemaObject } from './catalogue.ts'
import { mentionedObjects, type ObjectNames } from './views.ts'

/** A trigger with the statement that makes it, as SQLite keeps it; `parent` is its table or view. */
export function triggerFact(
  trigger: SchemaObject,
  parent: { readonly id: FactId; readonly name: string },
  objects: ObjectNames,
): Fact<'trigger'> {
  return {
    kind: 'trigger',
    id: memberId('trigger', '', parent.name, trigger.name),
    schema: '',
    name: trigger.name,
    parent: parent.id,
    payload: { definition: trigger.sql.trim() },
    dependsOn: mentionedObjects(significant(trigger.sql), objects)
      .map(({ id }) => id)
      .filter((id) => id !== parent.id),
  }
}
