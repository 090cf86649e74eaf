import { memberId, objectId, type Fact, type FactId } from '@yama/schema'
import { nameOf, significant } from '../text/tokens.ts'
import { parseView } from './parse-view.ts'

/** A table or view, with the columns of a table. */
export interface ObjectName {
  readonly id: FactId
  readonly name: string
  readonly columns: readonly string[]
}
export type ObjectNames = ReadonlyMap<string, ObjectName>

/** What a view may refer to. */
export interface ViewContext {
  readonly objects: ObjectNames
  /** By name. */
  readonly functions: ReadonlyMap<string, FactId>
}

export function viewFact(name: string, statement: string, database: string, { objects, functions }: ViewContext): Fact<'view'> {
  const { query, options } = parseView(statement, database)
  return {
    kind: 'view',
    id: objectId('view', '', name),
    schema: '',
    name,
    // Columns are worked out at each use, so they are no fact of the view.
    payload: { query, materialized: false, columns: [], options },
    dependsOn: [...mentionedObjects(query, objects, name), ...calledFunctions(query, functions)],
  }
}

/**
 * Tables and views whose names stand in a text, and those of their columns that do. The servers tell only that much: a name that means two
 * things makes a dependency too many, which orders statements and harms nothing.
 */
export function mentionedObjects(text: string, objects: ObjectNames, self: string): readonly FactId[] {
  const names = new Set(
    significant(text)
      .filter((token) => token.kind === 'identifier' || token.kind === 'word')
      .map(nameOf),
  )
  const found: FactId[] = []
  for (const name of names) {
    // A server with lower_case_table_names keeps names in lower case, and the text of a body as it was written.
    const object = objects.get(name) ?? objects.get(name.toLowerCase())
    if (object === undefined || object.name === self || found.includes(object.id)) continue
    found.push(object.id)
    if (!object.id.startsWith('table:')) continue
    for (const column of object.columns) if (names.has(column)) found.push(memberId('column', '', object.name, column))
  }
  return found
}

function calledFunctions(text: string, functions: ReadonlyMap<string, FactId>): readonly FactId[] {
  return [...functions].filter(([name]) => text.includes(`\`${name}\`(`)).map(([, id]) => id)
}
