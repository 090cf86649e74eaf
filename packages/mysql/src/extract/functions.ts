import { objectId, type Fact } from '@yama/schema'
import { withoutDefiner } from '../text/without-definer.ts'
import type { ProgrammeRow } from './catalogue.ts'
import { mentionedObjects, type ObjectNames } from './views.ts'

/** Functions and procedures as facts; `others` are events, and what the user may not see or what shares its name with a function. */
export function functionFacts(
  rows: readonly ProgrammeRow[],
  objects: ObjectNames,
): { readonly facts: readonly Fact<'function'>[]; readonly others: readonly ProgrammeRow[] } {
  const facts = new Map<string, Fact<'function'>>()
  const others: ProgrammeRow[] = []
  for (const row of rows) {
    const { type, name, statement } = row
    const isRoutine = type === 'function' || type === 'procedure'
    if (!isRoutine || statement === '' || facts.has(name)) {
      others.push(row)
      continue
    }
    const definition = withoutDefiner(statement)
    facts.set(name, {
      kind: 'function',
      id: objectId('function', '', name),
      schema: '',
      name,
      payload: { type, name, arguments: '', definition },
      // A routine looks for tables when it runs; what it calls may come later, or call it in turn.
      dependsOn: mentionedObjects(definition, objects, '').filter((id) => id.startsWith('table:')),
    })
  }
  return { facts: [...facts.values()], others }
}
