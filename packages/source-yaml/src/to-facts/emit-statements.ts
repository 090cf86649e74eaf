import { type Fact, type FactId, memberId, objectId, parseObjectName } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import { appliesTo } from '../field/overridden.ts'
import { textOptions } from '../field/parse-field.ts'
import { type EntityModel, type Model, type ObjectModel, objectName, type ViewModel } from '../model/model.ts'
import { namespaceOf } from '../model/namespace-of.ts'
import { inSchema } from './emit-objects.ts'
import { type Emitter, tableId } from './emitter.ts'
import { madeUnder } from './made-under.ts'

/** Routines, triggers and everything else that an entry states by a statement or nearly so. */
export function emitStatements(emitter: Emitter): void {
  const { objects, entities } = emitter.model
  for (const each of objects.functions) emitFunction(emitter, each)
  for (const each of objects.triggers) emitOnTable(emitter, 'trigger', each)
  for (const each of objects.rules) emitOnTable(emitter, 'rule', each)
  for (const entity of entities.values()) emitPolicies(emitter, entity)
  for (const each of objects.statistics) emitStatistics(emitter, each)
  for (const each of objects.publications) emitPublication(emitter, each)
  for (const each of objects.eventTriggers) emitEventTrigger(emitter, each)
  for (const each of objects.objects) emitObject(emitter, each)
}

const ROUTINE = /^\s*create\s+(?:or\s+replace\s+)?(?:(?:definer|sql\s+security)\s*=?\s*\S+\s+)?(function|procedure|aggregate|event)\b/i

function emitFunction(emitter: Emitter, each: ObjectModel<'functions'>): void {
  const { model } = emitter
  const schema = namespaceOf(each.data.schema, model.dialect)
  const name = each.data.name ?? each.name
  const open = name.indexOf('(')
  const word = ROUTINE.exec(each.sql)?.[1]?.toLowerCase()
  // An object of its own on PostgreSQL alone: MariaDB's is a function over several rows.
  const type = word === 'aggregate' && model.kind !== 'postgres' ? 'function' : word
  if (type === undefined) {
    return model.report.error(
      'YAMA_ENTITY_CONFLICT',
      {
        where: `The function ${each.name}`,
        problem: 'its statement does not make a function, procedure, aggregate or event',
        fix: 'Write the whole statement: CREATE FUNCTION … .',
      },
      each.source.at([...each.path, 'sql']),
    )
  }
  emitter.add<'function'>(
    {
      kind: 'function',
      id: objectId('function', schema, name),
      schema,
      name,
      payload: {
        type: type as 'function' | 'procedure' | 'aggregate' | 'event',
        name: open === -1 ? name : name.slice(0, open),
        arguments: open === -1 ? '' : name.slice(open + 1, -1),
        definition: each.sql,
        ...madeUnder(emitter, each, each.data),
        ...emitter.comment(each.data.doc),
      },
      dependsOn: inSchema(model, schema),
      ...(each.data.unchecked === true ? { unchecked: true } : {}),
    },
    each,
  )
}

function emitOnTable(emitter: Emitter, kind: 'trigger' | 'rule', each: ObjectModel<'triggers'> | ObjectModel<'rules'>): void {
  const { model } = emitter
  const { data } = each
  const entity = model.entities.get(data.on)
  const view = model.views.get(data.on)
  const host = hostOf(emitter, data.on, entity, view)
  if (host === undefined) {
    if (model.silentEntities.has(data.on)) return
    const known = [...model.entities.keys(), ...model.views.keys()]
    return model.report.error(
      'YAMA_ENTITY_ENTITY_UNKNOWN',
      { where: `The ${kind} ${each.name}`, entity: data.on, fix: didYouMean(data.on, known) },
      each.source.at([...each.path, 'on']),
    )
  }
  const name = data.name ?? each.name
  const { schema, table } = host
  const payload = {
    definition: each.sql,
    ...(data.enabled === undefined ? {} : { enabled: data.enabled }),
    ...madeUnder(emitter, each, kind === 'trigger' ? (data as ObjectModel<'triggers'>['data']) : {}),
    ...('partitions' in data ? { partitions: byPartition(data.partitions ?? {}, model) } : {}),
    ...emitter.comment(data.doc),
  }
  const id = memberId(kind, schema, table, name)
  emitter.add<'trigger' | 'rule'>({ kind, id, schema, name, parent: host.id, payload, dependsOn: [] }, each)
}

/** `schema.table`, or a table of the default schema. */
function placed(name: string, { dialect }: Model): { readonly schema: string; readonly table: string } {
  const dot = name.indexOf('.')
  return { schema: dot === -1 ? dialect.defaultSchema : name.slice(0, dot), table: name.slice(dot + 1) }
}

/** By the fact of each partition's table. */
const byPartition = <T>(partitions: Readonly<Record<string, T>>, model: Model): Readonly<Record<FactId, T>> =>
  Object.fromEntries(
    Object.entries(partitions).map(([table, state]) => {
      const place = placed(table, model)
      return [objectId('table', place.schema, place.table), state]
    }),
  )

/** An entity, a view, a foreign table, or a table that a relation brings along. */
function hostOf(
  { facts, model }: Emitter,
  on: string,
  entity: EntityModel | undefined,
  view: ViewModel | undefined,
): { readonly id: FactId; readonly schema: string; readonly table: string } | undefined {
  if (entity !== undefined) return { id: tableId(entity), schema: entity.schema, table: entity.table }
  if (view !== undefined) return { id: objectId('view', view.schema, view.viewName), schema: view.schema, table: view.viewName }
  const foreign = /^foreign table (.+)$/s.exec(on)?.[1]
  if (foreign !== undefined) {
    const place = placed(foreign, model)
    const id = objectId('object', place.schema, `foreign table ${place.table}`)
    const isStated = model.objects.objects.some(
      (each) => objectId('object', namespaceOf(each.data.schema, model.dialect), objectName(each)) === id,
    )
    return isStated ? { id, ...place } : undefined
  }
  const table = facts.get(objectId('table', model.dialect.defaultSchema, on))
  return table === undefined ? undefined : { id: table.id, schema: table.schema, table: table.name }
}

function emitPolicies(emitter: Emitter, entity: EntityModel): void {
  const { rls } = entity.data
  if (rls === undefined || emitter.model.kind !== 'postgres' || !appliesTo(rls, emitter.model.kind)) return
  for (const [name, policy] of Object.entries(rls.policies ?? {})) {
    const check = policy.check === 'same' ? policy.using : policy.check
    const payload: Fact<'policy'>['payload'] = {
      permissive: policy.as !== 'restrictive',
      command: policy.for ?? 'all',
      roles: (policy.to === undefined ? [] : typeof policy.to === 'string' ? [policy.to] : policy.to)
        .filter((role) => role !== 'public')
        .toSorted(),
      ...(policy.using === undefined ? {} : { using: policy.using }),
      ...(check === undefined ? {} : { check }),
      ...emitter.comment(policy.doc),
    }
    emitter.add<'policy'>(
      {
        kind: 'policy',
        id: memberId('policy', entity.schema, entity.table, name),
        schema: entity.schema,
        name,
        parent: tableId(entity),
        payload,
        dependsOn: [],
      },
      { name, source: entity.source, path: [...entity.path, 'rls', 'policies', name] },
    )
  }
}

function emitStatistics(emitter: Emitter, each: ObjectModel<'statistics'>): void {
  const { model } = emitter
  const { data } = each
  const schema = namespaceOf(data.schema, model.dialect)
  const name = data.name ?? each.name
  const target = data.target === undefined ? {} : { target: String(data.target) }
  const payload = { definition: each.sql, ...target, ...emitter.comment(data.doc) }
  emitter.add<'statistics'>(
    { kind: 'statistics', id: objectId('statistics', schema, name), schema, name, payload, dependsOn: inSchema(model, schema) },
    each,
  )
}

function emitPublication(emitter: Emitter, each: ObjectModel<'publications'>): void {
  const { data, name } = each
  const tables = (data.tables ?? []).map((table) =>
    typeof table === 'string'
      ? { table }
      : {
          table: table.table,
          ...(table.columns === undefined ? {} : { columns: table.columns }),
          ...(table.where === undefined ? {} : { where: table.where }),
        },
  )
  const payload = {
    allTables: data.allTables === true,
    tables,
    schemas: data.schemas ?? [],
    options: textOptions(data.options),
    ...emitter.comment(data.doc),
  }
  emitter.add<'publication'>({ kind: 'publication', id: objectId('publication', '', name), schema: '', name, payload, dependsOn: [] }, each)
}

function emitEventTrigger(emitter: Emitter, each: ObjectModel<'eventTriggers'>): void {
  const { data, name } = each
  const payload = {
    event: data.on,
    function: data.function,
    tags: data.tags ?? [],
    ...(data.enabled === undefined ? {} : { enabled: data.enabled }),
    ...emitter.comment(data.doc),
  }
  emitter.add<'eventTrigger'>(
    { kind: 'eventTrigger', id: objectId('eventTrigger', '', name), schema: '', name, payload, dependsOn: [] },
    each,
  )
}

function emitObject(emitter: Emitter, each: ObjectModel<'objects'>): void {
  const { model } = emitter
  const { data } = each
  const name = objectName(each)
  const said = parseObjectName(name)
  if (said === undefined)
    return model.report.error(
      'YAMA_ENTITY_CONFLICT',
      {
        where: `The object ${name}`,
        problem: `its ${data.name === undefined ? 'key' : 'name'} does not say what it is`,
        fix: 'Write what DROP takes, in lower case: `collation x`, `text search configuration x`, `operator class x using btree`, `cast (a AS b)`, `server x`, `user mapping for x server y`.',
      },
      each.source.keyAt(each.path),
    )
  const schema = said.ofSchema ? namespaceOf(data.schema, model.dialect) : ''
  const payload = {
    definition: each.sql,
    ...(data.options === undefined ? {} : { options: data.options }),
    ...(data.version === undefined ? {} : { version: data.version }),
    ...(data.columns === undefined ? {} : { columns: data.columns }),
    ...emitter.comment(data.doc),
  }
  emitter.add<'object'>(
    {
      kind: 'object',
      id: objectId('object', schema, name),
      schema,
      name,
      payload,
      dependsOn: schema === '' ? [] : inSchema(model, schema),
    },
    each,
  )
}
