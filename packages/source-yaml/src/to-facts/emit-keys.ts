import { type ConstraintPayload, memberId } from '@yama/schema'
import { appliesTo, overridden } from '../field/overridden.ts'
import { deferral, textOptions } from '../field/parse-field.ts'
import { type EntityModel, type Placed, words } from '../model/model.ts'
import { type Emitter, tableId } from './emitter.ts'
import { fieldColumns } from './field-columns.ts'
import type { ColumnResolver } from './resolve-columns.ts'

export interface Wanted {
  readonly kind: 'primary' | 'unique' | 'foreign' | 'check' | 'exclusion'
  readonly name: string | undefined
  readonly columns: readonly string[]
  readonly was?: readonly string[]
  readonly payload: Omit<ConstraintPayload, 'type' | 'columns' | 'named' | 'options'> & { readonly options?: ConstraintPayload['options'] }
}

export function emitConstraint(emitter: Emitter, entity: Pick<EntityModel, 'schema' | 'table'>, wanted: Wanted, by: Placed): void {
  const name = emitter.memberName(wanted.kind, wanted.name, entity, wanted.columns)
  const { options = {}, ...rest } = wanted.payload
  const payload: ConstraintPayload = {
    type: wanted.kind,
    columns: wanted.columns,
    ...rest,
    // SQLite tells a constraint with a name from one without.
    named: wanted.name !== undefined || emitter.model.kind !== 'sqlite',
    options,
  }
  const was = wanted.was ?? []
  const id = memberId('constraint', entity.schema, entity.table, name)
  emitter.add<'constraint'>(
    {
      kind: 'constraint',
      id,
      schema: entity.schema,
      name,
      parent: tableId(entity),
      payload,
      dependsOn: [],
      ...(was.length === 0 ? {} : { was }),
    },
    by,
  )
}

export function emitPrimary(emitter: Emitter, resolver: ColumnResolver, entity: EntityModel): void {
  if (entity.primary.length === 0) return
  const data = entity.data.primary
  if (data === undefined) {
    const fields = entity.primary.flatMap((name) => entity.fields.get(name) ?? [])
    const columns = fields.flatMap((field) => resolver.columns(entity, field).map((column) => column.name))
    const [field] = fields
    if (field !== undefined && columns.length > 0)
      emitConstraint(emitter, entity, { kind: 'primary', name: undefined, columns, payload: {} }, field)
    return
  }
  const by: Placed = { name: 'primary', source: entity.source, path: [...entity.path, 'primary'] }
  const settings = Array.isArray(data) ? { fields: data } : data
  const list = Array.isArray(data) ? by.path : [...by.path, 'fields']
  const columns = fieldColumns(emitter.model, resolver, entity, entity.primary, 'The primary key', (at) => by.source.at([...list, at]))
  if (columns === undefined || columns.length === 0) return
  const include = includeColumns(emitter, resolver, entity, settings.include, 'The primary key', by)
  const payload = { ...include, ...deferral(settings.deferrable), ...emitter.comment(settings.doc), options: textOptions(settings.options) }
  emitConstraint(emitter, entity, { kind: 'primary', name: settings.name, columns, was: words(settings.was), payload }, by)
}

export function includeColumns(
  emitter: Emitter,
  resolver: ColumnResolver,
  entity: EntityModel,
  names: readonly string[] | undefined,
  where: string,
  by: Placed,
): { readonly include?: readonly string[] } {
  if (names === undefined) return {}
  const columns = fieldColumns(emitter.model, resolver, entity, names, where, (index) => by.source.at([...by.path, 'include', index]))
  return columns === undefined ? {} : { include: columns }
}

export function emitUniques(emitter: Emitter, resolver: ColumnResolver, entity: EntityModel): void {
  const { model } = emitter
  for (const field of entity.fields.values()) {
    if (!field.spec.unique) continue
    const columns = resolver.columns(entity, field).map((column) => column.name)
    if (columns.length > 0) emitConstraint(emitter, entity, { kind: 'unique', name: undefined, columns, payload: {} }, field)
  }
  for (const [index, item] of (entity.data.unique ?? []).entries()) {
    const settings = Array.isArray(item) ? { fields: item } : overridden(item, model.kind)
    if (!Array.isArray(item) && !appliesTo(item, model.kind)) continue
    const by: Placed = { name: `unique ${index + 1}`, source: entity.source, path: [...entity.path, 'unique', index] }
    const where = `The unique key ${index + 1} of ${entity.name}`
    const list = Array.isArray(item) ? by.path : [...by.path, 'fields']
    const columns = fieldColumns(model, resolver, entity, settings.fields ?? [], where, (place) => by.source.at([...list, place]))
    const include = includeColumns(emitter, resolver, entity, settings.include, where, by)
    if (columns === undefined) continue
    const distinct = settings.nullsDistinct === false ? { nullsNotDistinct: true } : {}
    const payload = {
      ...include,
      ...distinct,
      ...deferral(settings.deferrable),
      ...emitter.comment(settings.doc),
      options: textOptions(settings.options),
    }
    emitConstraint(emitter, entity, { kind: 'unique', name: settings.name, columns, was: words(settings.was), payload }, by)
  }
}
