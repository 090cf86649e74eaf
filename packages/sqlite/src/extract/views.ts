import { objectId, type Fact, type FactId } from '@yama/schema'
import type { Token } from '@yama/sql'
import { canonical } from '../text/canonical.ts'
import { quoteNames } from '../text/names.ts'
import { nameOf } from '../text/tokens.ts'
import type { SchemaObject } from './catalogue.ts'
import type { TableModels } from './constraints.ts'
import { parseView } from './parse-view.ts'

/** What a name of the database means: table, view, virtual table, by lower case. */
export type ObjectNames = ReadonlyMap<string, { readonly id: FactId; readonly name: string }>

export function viewFact(view: SchemaObject, objects: ObjectNames, tables: TableModels): Fact<'view'> {
  const { query, columns } = parseView(view.sql)
  const mentioned = mentionedObjects(query, objects).filter(({ name }) => name !== view.name)
  // Only names of the tables it reads: a wider list would let a change elsewhere touch its text.
  const names = new Map(
    mentioned.flatMap(({ name }) => [...(tables.get(name.toLowerCase())?.names ?? [[name.toLowerCase(), name] as const])]),
  )
  return {
    kind: 'view',
    id: objectId('view', '', view.name),
    schema: '',
    name: view.name,
    payload: {
      query: canonical(query, names, true),
      materialized: false,
      // SQLite works the columns out anew at each use, so they are no fact of the view.
      columns: [],
      options: columns.length === 0 ? {} : { columns: quoteNames(columns) },
    },
    dependsOn: mentioned.map(({ id }) => id),
  }
}

/** Every table or view whose name stands in a text: what it may depend on, for order and for messages. */
export function mentionedObjects(
  tokens: readonly Token[],
  objects: ObjectNames,
): readonly { readonly id: FactId; readonly name: string }[] {
  const found = new Map<FactId, { readonly id: FactId; readonly name: string }>()
  for (const token of tokens) {
    if (token.kind !== 'word' && token.kind !== 'identifier') continue
    const object = objects.get(nameOf(token).toLowerCase())
    if (object !== undefined) found.set(object.id, object)
  }
  return [...found.values()]
}
