import { type Fact, type FactId, type GrantTarget, memberId, objectId, parseFactId } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import type { Model, Placed } from '../model/model.ts'
import { columnId, type Emitter, tableId } from './emitter.ts'
import type { ColumnResolver } from './resolve-columns.ts'

interface Target {
  readonly on: GrantTarget
  readonly id: FactId | undefined
  readonly schema: string
  readonly name: string
  readonly column?: string
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value)
const privilegesOf = (value: string | readonly string[]): readonly string[] =>
  list(value)
    .map((privilege) => privilege.toUpperCase())
    .toSorted()
const passed = (value: boolean | readonly string[] | undefined, all: readonly string[]): readonly string[] =>
  value === undefined || value === false ? [] : value === true ? all : privilegesOf(value)
const roleOf = (role: string): string => (role.toLowerCase() === 'public' ? 'PUBLIC' : role)

/** Privileges on what the entities describe. Roles are named, never made. */
export function emitGrants(emitter: Emitter, resolver: ColumnResolver): void {
  const { model } = emitter
  for (const each of model.grants) {
    const privileges = privilegesOf(each.data.privileges)
    for (const on of list(each.data.on)) {
      const target = targetOf(on, model, resolver)
      if (target === undefined) {
        if (!model.silentEntities.has(on)) report(on, each, model)
        continue
      }
      for (const role of list(each.data.to)) {
        const to = roleOf(role)
        const everybody = to === 'PUBLIC' && ['function', 'procedure', 'type', 'domain'].includes(target.on)
        const byDefault = to === 'owner' || everybody ? ['ALL'] : to === 'PUBLIC' && on === 'schema public' ? ['USAGE'] : []
        const name = target.column === undefined ? to : `${to}(${target.column})`
        const payload: Fact<'grant'>['payload'] = {
          on: target.on,
          to,
          object: printed(target, model),
          ...(target.column === undefined ? {} : { column: target.column }),
          privileges,
          grantable: passed(each.data.grantable, privileges),
          byDefault: target.column === undefined ? byDefault : [],
        }
        const parent = target.id !== undefined && emitter.facts.has(target.id) ? { parent: target.id } : {}
        emitter.add<'grant'>(
          {
            kind: 'grant',
            id: memberId('grant', target.schema, target.name, name),
            schema: target.schema,
            name,
            ...parent,
            payload,
            dependsOn: [],
          },
          each,
        )
      }
    }
  }
  for (const each of model.defaultPrivileges) {
    const { by, on, schema } = each.data
    const privileges = privilegesOf(each.data.privileges)
    const to = roleOf(each.data.to)
    const name = `${by} ${schema ?? '*'} ${on} ${to}`
    const normal = schema === undefined && (to === by || (to === 'PUBLIC' && (on === 'functions' || on === 'types')))
    emitter.add<'defaultPrivilege'>(
      {
        kind: 'defaultPrivilege',
        id: objectId('defaultPrivilege', '', name),
        schema: '',
        name,
        payload: {
          by,
          ...(schema === undefined ? {} : { inSchema: schema }),
          on,
          to,
          privileges,
          grantable: passed(each.data.grantable, privileges),
          byDefault: normal ? ['ALL'] : [],
        },
        dependsOn: schema === undefined || schema === model.dialect.defaultSchema ? [] : [objectId('schema', '', schema)],
      },
      each,
    )
  }
}

function report(on: string, each: Placed, model: Model): void {
  const known = [...model.entities.keys()]
  model.report.error(
    'YAMA_ENTITY_ENTITY_UNKNOWN',
    { where: `The ${each.name}`, entity: on, fix: didYouMean(on, known) },
    each.source.at([...each.path, 'on']),
  )
}

const WORDED = /^(table|view|sequence|function|procedure|type|domain|schema)\s+(.+)$/i

function targetOf(on: string, model: Model, resolver: ColumnResolver): Target | undefined {
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
  const view = model.views.find((each) => each.name === on)
  return view === undefined
    ? undefined
    : { on: 'table', id: objectId('view', view.schema, view.viewName), schema: view.schema, name: view.viewName }
}

function wordedTarget(word: string, text: string, model: Model): Target {
  if (word === 'schema') {
    const id = text === model.dialect.defaultSchema ? undefined : objectId('schema', '', text)
    return { on: 'schema', id, schema: '', name: text }
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
    (each) => objectId('object', each.data.schema ?? model.dialect.defaultSchema, each.name) === foreign,
  )
  if (isForeign) return { on: 'table', id: foreign, schema, name }
  const view = model.views.some((each) => each.schema === schema && each.viewName === name)
  return { on: 'table', id: objectId(view ? 'view' : 'table', schema, name), schema, name }
}

function printed({ on, schema, name }: Target, { dialect }: Model): string {
  if (on === 'schema') return dialect.quote(name)
  const open = on === 'function' || on === 'procedure' ? name.indexOf('(') : -1
  const plain = open === -1 ? name : name.slice(0, open)
  return `${dialect.quote(schema)}.${dialect.quote(plain)}${open === -1 ? '' : name.slice(open)}`
}
