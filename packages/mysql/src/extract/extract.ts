import type { Connection } from '@yama/core'
import { factBase, objectId, type AnyFact, type FactBase, type Scope } from '@yama/schema'
import { usualSettings } from '../dialect/server-info.ts'
import { readCatalogue, type SchemaObject } from './catalogue.ts'
import { columnFacts } from './columns.ts'
import { constraintFacts } from './constraints.ts'
import { indexFacts } from './indexes.ts'
import { functionFacts } from './functions.ts'
import { inScope } from './scope.ts'
import { sequenceFact } from './sequences.ts'
import { tableModel, type TableModel } from './table-model.ts'
import { tableFact } from './tables.ts'
import { triggerFacts } from './triggers.ts'
import { otherObject, programme, unreadParts } from './unmanaged.ts'
import { viewFact, type ObjectName, type ObjectNames } from './views.ts'

/** Part of the tag: raised when the facts of an unchanged database change their form. */
const FORMAT = 's6'

/** The schema of the connection's database as facts: a fixed number of round trips, however many tables. Rejects with the server's failure. */
export async function extract(connection: Connection, scope: Scope): Promise<FactBase> {
  const { collations, database, hidden, objects, programmes, triggers } = await readCatalogue(connection, inScope(scope))
  const of = (type: SchemaObject['type']): readonly SchemaObject[] => objects.filter((object) => object.type === type)
  const sequences = of('sequence').map(({ name, statement }) => sequenceFact(name, statement))
  const tables = of('table').map(({ name, statement }) => tableModel(name, statement, collations))
  const names = objectNames(tables, of('view'))
  const { kind, major } = connection.server
  const context = { collations, database, kind, sequences: new Set(sequences.map(({ name }) => name)) }
  const usual = usualSettings(connection.server)
  const routines = functionFacts(programmes, names, usual)
  const facts: AnyFact[] = [...sequences, ...routines.facts]
  for (const table of tables)
    facts.push(tableFact(table, collations), ...columnFacts(table, context), ...constraintFacts(table), ...indexFacts(table))
  facts.push(...triggerFacts(triggers, names, usual))
  const called = new Map(routines.facts.flatMap(({ id, payload: { type, name } }) => (type === 'function' ? [[name, id] as const] : [])))
  facts.push(...of('view').map(({ name, statement }) => viewFact(name, statement, database, { objects: names, functions: called })))
  const unmanaged = [...of('other').map(otherObject), ...tables.flatMap(unreadParts), ...routines.others.map(programme), ...hidden]
  return factBase(`${kind}${String(major)}:${FORMAT}`, facts, unmanaged)
}

const objectNames = (tables: readonly TableModel[], views: readonly SchemaObject[]): ObjectNames =>
  new Map<string, ObjectName>([
    ...tables.map(({ name, id, parsed }): [string, ObjectName] => [
      name,
      { id, name, columns: parsed.columns.map((column) => column.name) },
    ]),
    ...views.map(({ name }): [string, ObjectName] => [name, { id: objectId('view', '', name), name, columns: [] }]),
  ])
