import { type FactId, type GrantTarget, objectId, parseFactId } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import { type Model, objectName, type Placed } from '../model/model.ts'
import { columnId, tableId } from './emitter.ts'
import type { ColumnResolver } from './resolve-columns.ts'

/** What privileges and owners are of. */
export interface Target {
  readonly on: GrantTarget
  readonly id: FactId | undefined
  readonly schema: string
  readonly name: string
  readonly column?: string
}

/** Says that nothing is called so. */
export function reportTarget(on: string, each: Placed, model: Model): void {
  const known = [...model.entities.keys()]
  model.report.error(
    'YAMA_ENTITY_ENTITY_UNKNOWN',
    { where: `The ${each.name}`, entity: on, fix: didYouMean(on, known) },
    each.source.at([...each.path, 'on']),
  )
}

/** Columns that every table of PostgreSQL has. */
const SYSTEM = /^(?:tableoid|ctid|[cx]min|[cx]max)$/

const COLUMN = /^column\s+(.+?)\s+of\s+((?:table|view)\s+.+)$/i
const WORDED = /^(table|view|sequence|function|procedure|type|domain|schema|foreign data wrapper|server|language)\s+(.+)$/i

/** What an entry of `grants` or `owners` is about; undefined where nothing is called so. */
export function targetOf(on: string, model: Model, resolver: ColumnResolver): Target | undefined {
  const [, part, whole] = COLUMN.exec(on) ?? []
  const holder = part === undefined || whole === undefined ? undefined : targetOf(whole, model, resolver)
  if (part !== undefined && holder !== undefined) return { ...holder, column: part }
  const worded = WORDED.exec(on)
  if (worded?.[1] !== undefined && worded[2] !== undefined) return wordedTarget(worded[1].toLowerCase(), worded[2], model)
  const entity = model.entities.get(on)
  if (entity !== undefined) return { on: 'table', id: tableId(entity), schema: entity.schema, name: entity.table }
  const dot = on.indexOf('.')
  const owner = model.entities.get(on.slice(0, dot))
  const field = owner?.fields.get(on.slice(dot + 1))
  const column = owner === undefined || field === undefined ? undefined : resolver.columns(owner, field)[0]
  if (owner !== undefined && column !== undefined) {
    const { table, schema, name } = parseFactId(columnId(owner, column.name))
    return { on: 'table', id: tableId(owner), schema, name: table ?? '', column: name }
  }
  const rest = on.slice(dot + 1)
  if (owner !== undefined && model.dialect.kind === 'postgres' && SYSTEM.test(rest))
    return { on: 'table', id: tableId(owner), schema: owner.schema, name: owner.table, column: rest }
  const view = model.views.get(on)
  return view === undefined
    ? undefined
    : { on: 'table', id: objectId('view', view.schema, view.viewName), schema: view.schema, name: view.viewName }
}

function wordedTarget(word: string, text: string, model: Model): Target {
  if (word === 'schema') {
    const id = text === model.dialect.defaultSchema ? undefined : objectId('schema', '', text)
    return { on: 'schema', id, schema: '', name: text }
  }
  if (word === 'server' || word === 'foreign data wrapper' || word === 'language') {
    const name = `${word} ${text}`
    return { on: word === 'server' ? 'foreign server' : word, id: objectId('object', '', name), schema: '', name }
  }
  // The dot of a type among the arguments is none of the name's.
  const open = text.indexOf('(')
  const dot = (open === -1 ? text : text.slice(0, open)).indexOf('.')
  const schema = dot === -1 ? model.dialect.defaultSchema : text.slice(0, dot)
  const name = dot === -1 ? text : text.slice(dot + 1)
  if (word === 'function' || word === 'procedure') {
    const short = objectId('function', schema, open === -1 ? name : name.slice(0, name.indexOf('(')))
    const stated = model.objects.functions.some(
      (each) => objectId('function', each.data.schema ?? model.dialect.defaultSchema, each.data.name ?? each.name) === short,
    )
    return { on: word, id: stated ? short : objectId('function', schema, name), schema, name }
  }
  if (word === 'type' || word === 'domain') {
    const kinds = ['domain', 'enum', 'compositeType', 'rangeType'] as const
    const known = new Set([
      ...[...model.enums.values()].map((each) => objectId('enum', each.schema, each.typeName)),
      ...model.objects.domains.map((each) =>
        objectId('domain', each.data.schema ?? model.dialect.defaultSchema, each.data.name ?? each.name),
      ),
      ...model.objects.types.map((each) =>
        objectId(
          each.data.range === undefined ? 'compositeType' : 'rangeType',
          each.data.schema ?? model.dialect.defaultSchema,
          each.data.name ?? each.name,
        ),
      ),
    ])
    return { on: word, id: kinds.map((kind) => objectId(kind, schema, name)).find((id) => known.has(id)), schema, name }
  }
  if (word === 'sequence') return { on: 'sequence', id: objectId('sequence', schema, name), schema, name }
  const foreign = objectId('object', schema, `foreign table ${name}`)
  const isForeign = model.objects.objects.some(
    (each) => objectId('object', each.data.schema ?? model.dialect.defaultSchema, objectName(each)) === foreign,
  )
  if (isForeign) return { on: 'table', id: foreign, schema, name }
  const view = [...model.views.values()].some((each) => each.schema === schema && each.viewName === name)
  return { on: 'table', id: objectId(view ? 'view' : 'table', schema, name), schema, name }
}
