import { CODE, type FactId, memberId, objectId } from '@yama/schema'
import type { EnumModel, Model, Placed } from '../model/model.ts'
import { words } from '../model/model.ts'
import { emitConstraint } from './emit-keys.ts'
import { columnId, type Emitter } from './emitter.ts'
import type { ColumnResolver } from './resolve-columns.ts'

export function emitNamespaces(emitter: Emitter): void {
  const { model } = emitter
  if (model.dialect.defaultSchema === '') return
  for (const each of model.namespaces) {
    // The default schema is there; only a comment of its own is something to say.
    if (each.name === model.dialect.defaultSchema && emitter.comment(each.doc).comment === undefined) continue
    emitter.add<'schema'>(
      {
        kind: 'schema',
        id: objectId('schema', '', each.name),
        schema: '',
        name: each.name,
        payload: { ...emitter.comment(each.doc) },
        dependsOn: [],
        ...(each.was.length === 0 ? {} : { was: each.was }),
      },
      each,
    )
  }
  // A schema that something uses need not be listed.
  const used = [...model.enums.values()].filter((each) => each.strategy === 'native')
  for (const each of [
    ...model.entities.values(),
    ...used,
    ...model.views.values(),
    ...model.sequences,
    ...model.extensions,
    ...statedSchemas(model),
  ]) {
    const id = objectId('schema', '', each.schema)
    if (each.schema === model.dialect.defaultSchema || emitter.facts.has(id)) continue
    emitter.add<'schema'>({ kind: 'schema', id, schema: '', name: each.schema, payload: {}, dependsOn: [] }, each)
  }
}

/** Entries of sections that say a schema. */
const statedSchemas = (model: Model): readonly (Placed & { readonly schema: string })[] =>
  Object.values(model.objects).flatMap((list) =>
    list.flatMap((each) => {
      const schema = 'schema' in each.data ? each.data.schema : undefined
      return schema === undefined || model.dialect.defaultSchema === '' ? [] : [{ ...each, schema }]
    }),
  )

export const inSchema = (model: Model, schema: string): readonly FactId[] =>
  schema === model.dialect.defaultSchema ? [] : [objectId('schema', '', schema)]

export function emitExtensions(emitter: Emitter): void {
  const { model } = emitter
  for (const each of model.extensions) {
    emitter.add<'extension'>(
      {
        kind: 'extension',
        id: objectId('extension', '', each.name),
        schema: '',
        name: each.name,
        payload: { schema: each.schema, ...(each.version === undefined ? {} : { version: each.version }) },
        dependsOn: inSchema(model, each.schema),
      },
      each,
    )
  }
  if (model.kind !== 'postgres' || model.extensions.some((each) => each.name === 'citext')) return
  // The portable type citext is an extension's there; asking for the type asks for it.
  for (const entity of model.entities.values()) {
    for (const field of entity.fields.values()) {
      const { type } = field.spec
      if (type.kind !== 'portable' || type.type.name !== 'citext') continue
      emitter.add<'extension'>(
        {
          kind: 'extension',
          id: objectId('extension', '', 'citext'),
          schema: '',
          name: 'citext',
          payload: { schema: model.dialect.defaultSchema },
          dependsOn: [],
        },
        field,
      )
      return
    }
  }
}

export function emitEnum(emitter: Emitter, each: EnumModel): void {
  const { model } = emitter
  if (each.strategy === 'native') {
    const renamed = Object.entries(each.renamed)
    emitter.add<'enum'>(
      {
        kind: 'enum',
        id: objectId('enum', each.schema, each.typeName),
        schema: each.schema,
        name: each.typeName,
        payload: { values: each.values, ...emitter.comment(each.doc) },
        dependsOn: inSchema(model, each.schema),
        ...(each.was.length === 0 ? {} : { was: each.was }),
        ...(renamed.length === 0 ? {} : { renamedValues: each.renamed }),
      },
      each,
    )
  }
  if (each.strategy === 'lookup') emitLookup(emitter, each)
}

function emitLookup(emitter: Emitter, each: EnumModel): void {
  const { model } = emitter
  const owner = { schema: each.schema, table: each.typeName }
  const id = objectId('table', each.schema, each.typeName)
  emitter.add<'table'>(
    {
      kind: 'table',
      id,
      schema: each.schema,
      name: each.typeName,
      payload: { ...emitter.comment(each.doc), options: {} },
      dependsOn: inSchema(model, each.schema),
      ...(each.was.length === 0 ? {} : { was: each.was }),
    },
    each,
  )
  const type = model.dialect.types.toNative({ name: 'string', parameters: [], array: 0 }).sql
  emitter.add<'column'>(
    {
      kind: 'column',
      id: columnId(owner, CODE),
      schema: each.schema,
      name: CODE,
      parent: id,
      payload: { type, notNull: true, options: {} },
      dependsOn: [],
    },
    each,
  )
  emitConstraint(emitter, owner, { kind: 'primary', name: undefined, columns: [CODE], payload: {} }, each)
  emitter.add<'rows'>(
    {
      kind: 'rows',
      id: memberId('rows', each.schema, each.typeName, CODE),
      schema: each.schema,
      name: CODE,
      parent: id,
      payload: { values: each.values.toSorted((a, b) => (a < b ? -1 : 1)) },
      dependsOn: [],
      ...(Object.keys(each.renamed).length === 0 ? {} : { renamedValues: each.renamed }),
    },
    each,
  )
}

/** Columns of lookup enums refer to the table of their values. */
export function emitLookupKeys(emitter: Emitter, resolver: ColumnResolver): void {
  for (const entity of emitter.model.entities.values()) {
    for (const field of entity.fields.values()) {
      for (const column of resolver.columns(entity, field)) {
        const { enumeration } = column
        if (enumeration?.strategy !== 'lookup' || (field.spec.type.kind === 'named' && field.spec.type.array > 0)) continue
        const references = {
          schema: enumeration.schema,
          table: enumeration.typeName,
          columns: [CODE],
          onDelete: 'no action',
          onUpdate: 'no action',
        } as const
        emitConstraint(emitter, entity, { kind: 'foreign', name: undefined, columns: [column.name], payload: { references } }, field)
      }
    }
  }
}

export function emitSequences(emitter: Emitter, resolver: ColumnResolver): void {
  const { model } = emitter
  for (const each of model.sequences) {
    const { data, schema, sequenceName: name } = each
    const was = words(data.was)
    const type = data.type ?? 'bigint'
    const [entityName = '', fieldName = ''] = data.ownedBy?.split('.') ?? []
    const entity = model.entities.get(entityName)
    const field = entity?.fields.get(fieldName)
    const column = entity === undefined || field === undefined ? undefined : resolver.columns(entity, field)[0]
    if (data.ownedBy !== undefined && column === undefined && !model.silentEntities.has(entityName)) {
      model.report.error(
        'YAMA_ENTITY_FIELD_UNKNOWN',
        { where: `The sequence ${each.name}`, field: fieldName, entity: entityName, fix: 'Write it as Entity.field.' },
        each.source.at([...each.path, 'ownedBy']),
      )
    }
    const largest = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' }[type]
    const payload = {
      type,
      start: String(data.start ?? data.min ?? '1'),
      increment: String(data.increment ?? '1'),
      min: String(data.min ?? '1'),
      max: String(data.max ?? largest),
      cache: String(data.cache ?? '1'),
      cycle: data.cycle === true,
      ...(data.engine === undefined ? {} : { engine: data.engine }),
      ...(data.unlogged === true && model.kind === 'postgres' ? { unlogged: true } : {}),
      ...emitter.comment(data.doc),
      ...(entity === undefined || column === undefined ? {} : { ownedBy: memberId('column', entity.schema, entity.table, column.name) }),
    }
    emitter.add<'sequence'>(
      {
        kind: 'sequence',
        id: objectId('sequence', schema, name),
        schema,
        name,
        payload,
        dependsOn: inSchema(model, schema),
        ...(was.length === 0 ? {} : { was }),
      },
      each,
    )
  }
}
