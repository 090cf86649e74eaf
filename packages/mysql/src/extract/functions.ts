import { objectId, type Fact } from '@yama/schema'
import type { UsualSettings } from '../dialect/server-info.ts'
import { readUnder } from '../text/read-under.ts'
import { withoutDefiner } from '../text/without-definer.ts'
import type { ProgrammeRow } from './catalogue.ts'
import { madeUnder } from './made-under.ts'
import { mentionedObjects, type ObjectNames } from './views.ts'

/** A function, a procedure and an event may have one name: what is no function says so where other databases have the arguments. */
const factName = (type: string, name: string): string => (type === 'function' ? name : `${name}(${type})`)

/** Functions, procedures and events as facts; `others` are what the user may not see, and kinds that the model does not know. */
export function functionFacts(
  rows: readonly ProgrammeRow[],
  objects: ObjectNames,
  usual: UsualSettings | undefined,
): { readonly facts: readonly Fact<'function'>[]; readonly others: readonly ProgrammeRow[] } {
  const facts: Fact<'function'>[] = []
  const others: ProgrammeRow[] = []
  for (const row of rows) {
    const { type, name, statement } = row
    const isRoutine = type === 'function' || type === 'procedure' || type === 'event'
    if (!isRoutine || statement === '') {
      others.push(row)
      continue
    }
    const definition = row.atOnce ? withoutStart(withoutDefiner(statement)) : withoutDefiner(statement)
    const under = madeUnder(row, usual)
    const full = factName(type, name)
    facts.push({
      kind: 'function',
      id: objectId('function', '', full),
      schema: '',
      name: full,
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
  return { facts, others }
}

/** Without the moment in which an event began because it was made then. */
const withoutStart = (statement: string): string => statement.replace(/^([^']*(?:'[^']*'[^']*)??) STARTS '[^']*'/, '$1')
