import type { Connection } from '@yama/core'
import { factBase, objectId, type AnyFact, type FactBase, type FactId, type Scope, type Unmanaged } from '@yama/schema'
import { groupBy } from '../text/group-by.ts'
import { readCatalogue, type Catalogue, type SchemaObject } from './catalogue.ts'
import { columnFacts } from './columns.ts'
import { constraintFacts } from './constraints.ts'
import { indexFact } from './indexes.ts'
import { inScope } from './scope.ts'
import { tableFact, virtualTableFact } from './tables.ts'
import { tableModel, type TableModel } from './table-model.ts'
import { triggerFact } from './triggers.ts'
import { REASONS, temporary, unmanagedObject } from './unmanaged.ts'
import { viewFact, type ObjectNames } from './views.ts'

/** Major version and format of the facts; hashes compare only under equal tags. */
export const TAG = 'sqlite3:s4'

/** The schema of a database as facts: five queries, then text. What the model does not carry is listed, never left out in silence. */
export async function extract(connection: Connection, scope: Scope): Promise<FactBase> {
  const seen = inScope(scope)
  const catalogue = await readCatalogue(connection)
  const objects = catalogue.objects.filter(
    (object) => seen(object.table) && (object.type === 'trigger' || seen(object.name)) && object.shape !== 'shadow',
  )
  const tables = tableModels(catalogue, objects)
  const names = objectNames(objects)
  const facts: AnyFact[] = []
  const unmanaged: Unmanaged[] = []
  for (const table of tables.values()) facts.push(tableFact(table), ...columnFacts(table), ...constraintFacts(table, tables))

  const indexKeys = groupBy(catalogue.indexKeys, (row) => row.index)
  const views: SchemaObject[] = []
  const triggers: SchemaObject[] = []
  for (const object of objects) {
    if (object.type === 'trigger') triggers.push(object)
    else if (object.type === 'view') views.push(object)
    else if (object.type === 'index') {
      const table = tables.get(object.table.toLowerCase())
      if (table === undefined) unmanaged.push(unmanagedObject(object, names, `its table ${object.table} is unmanaged`))
      else facts.push(indexFact(table, object, indexKeys.get(object.name) ?? []))
    } else if (object.shape === 'virtual') facts.push(virtualTableFact(object))
    else if (!tables.has(object.name.toLowerCase())) {
      const nameless = object.name === '' || catalogue.columns.some(({ table, name }) => table === object.name && name === '')
      unmanaged.push(unmanagedObject(object, names, nameless ? REASONS.nameless : REASONS.unread))
    }
  }
  addViews(views, names, tables, facts, unmanaged)
  addTriggers(triggers, names, facts, unmanaged)
  return factBase(TAG, facts, [...unmanaged, ...catalogue.temporary.filter((object) => seen(object.name)).map(temporary)])
}

function tableModels(catalogue: Catalogue, objects: readonly SchemaObject[]): ReadonlyMap<string, TableModel> {
  const columns = groupBy(catalogue.columns, (row) => row.table)
  const foreignKeys = new Map(catalogue.foreignKeys.map((row) => [row.table, row.count]))
  const models = new Map<string, TableModel>()
  for (const { type, shape, name, sql } of objects) {
    if (type !== 'table' || shape === 'virtual') continue
    const own = columns.get(name) ?? []
    if (name === '' || own.some((column) => column.name === '')) continue
    const model = tableModel(name, sql, own, foreignKeys.get(name) ?? 0)
    if (model !== undefined) models.set(name.toLowerCase(), model)
  }
  return models
}

const objectNames = (objects: readonly SchemaObject[]): ObjectNames =>
  new Map(
    objects
      .filter((object) => object.type === 'table' || object.type === 'view')
      .map(({ name, type }) => [name.toLowerCase(), { id: objectId(type === 'view' ? 'view' : 'table', '', name), name }]),
  )

/** A trigger on something unmanaged is unmanaged too; what its body names it looks for only when it fires. */
function addTriggers(triggers: readonly SchemaObject[], names: ObjectNames, facts: AnyFact[], unmanaged: Unmanaged[]): void {
  const known = new Set(facts.map(({ id }) => id))
  for (const trigger of triggers) {
    const parent = names.get(trigger.table.toLowerCase())
    if (parent === undefined || !known.has(parent.id))
      unmanaged.push(unmanagedObject(trigger, names, `what it is on, ${trigger.table}, is unmanaged`))
    else facts.push(triggerFact(trigger, parent, names))
  }
}

/** A view on something unmanaged is unmanaged too, and so is a view on that view. */
function addViews(
  views: readonly SchemaObject[],
  names: ObjectNames,
  tables: ReadonlyMap<string, TableModel>,
  facts: AnyFact[],
  unmanaged: Unmanaged[],
): void {
  const unread = new Map<FactId, string>(
    unmanaged.filter((one) => one.kind === 'table').map((one) => [objectId('table', '', one.name), one.name]),
  )
  let waiting = views.map((object) => ({ object, fact: viewFact(object, names, tables) }))
  for (let size = -1; size !== waiting.length;) {
    size = waiting.length
    waiting = waiting.filter(({ object, fact }) => {
      const cause = fact.dependsOn.map((id) => unread.get(id)).find((name) => name !== undefined)
      if (cause === undefined) return true
      unmanaged.push(unmanagedObject(object, names, `it reads ${cause}, which is unmanaged`))
      unread.set(fact.id, object.name)
      return false
    })
  }
  facts.push(...waiting.map(({ fact }) => fact))
}
