import { objectId, type Fact } from '@yama/schema'
import type { UsualSettings } from '../dialect/server-info.ts'
import { readUnder } from '../text/read-under.ts'
import { withoutDefiner } from '../text/without-definer.ts'
import type { ProgrammeRow } from './catalogue.ts'
import { madeUnder } from './made-under.ts'
import { mentionedObjects, type ObjectNames } from './views.ts'

/** Functions, procedures and events as facts; `others` are what the user may not see or what shares its name with another one. */
export function functionFacts(
  rows: readonly ProgrammeRow[],
  objects: ObjectNames,
  usual: UsualSettings | undefined,
): { readonly facts: readonly Fact<'function'>[]; readonly others: readonly ProgrammeRow[] } {
  const facts = new Map<string, Fact<'function'>>()
  const others: ProgrammeRow[] = []
  for (const row of rows) {
    const { type, name, statement } = row
    const isRoutine = type === 'function' || type === 'procedure' || type === 'event'
    if (!isRoutine || statement === '' || facts.has(name)) {
      others.push(row)
      continue
    }
    const definition = row.atOnce ? withoutStart(withoutDefiner(statement)) : withoutDefiner(statement)
    const under = madeUnder(row, usual)
    facts.set(name, {
      kind: 'function',
      id: objectId('function', '', name),
      schema: '',
      name,
      payload: {
        type,
        name,
        arguments: '',
        definition,
        ...under,
      },
      // A routine looks for tables when it runs; what it calls may come later, or call it in turn.
      dependsOn: mentionedObjects(readUnder(under.sqlMode, definition), objects, '').filter((id) => id.startsWith('table:')),
    })
  }
  return { facts: [...facts.values()], others }
}

/** Without the moment in which an event began because it was made then. */
const withoutStart = (statement: string): string => statement.replace(/^([^']*(?:'[^']*'[^']*)??) STARTS '[^']*'/, '$1')
