import { statedNoAction, type ForeignReference } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import { appliesTo, overridden } from '../field/overridden.ts'
import { deferral, referentialActions, textOptions } from '../field/parse-field.ts'
import { type EntityModel, type FieldModel, type Placed, words } from '../model/model.ts'
import { specPosition } from '../model/spec-position.ts'
import { emitConstraint } from './emit-keys.ts'
import type { Emitter } from './emitter.ts'
import { fieldColumns } from './field-columns.ts'
import type { ColumnResolver } from './resolve-columns.ts'
import { fieldKind } from './resolve-type.ts'
import { namespaceOf } from '../model/namespace-of.ts'

const flag = <K extends string>(key: K, value: boolean | undefined): { readonly [P in K]?: true } =>
  value === true ? ({ [key]: true } as { readonly [P in K]?: true }) : {}

/** The foreign key of a relation field. */
export function emitRelation(emitter: Emitter, resolver: ColumnResolver, entity: EntityModel, field: FieldModel): void {
  const { model } = emitter
  const columns = resolver.columns(entity, field)
  const target = resolver.target(entity, field)
  if (target === undefined || columns.length === 0 || fieldKind(field, model) !== 'relation') return
  const { spec } = field
  const onUpdate = spec.onUpdate === undefined ? 'no action' : referentialActions[spec.onUpdate]
  if (onUpdate === undefined) {
    const fix = didYouMean(spec.onUpdate ?? '', Object.keys(referentialActions))
    return model.report.error(
      'YAMA_ENTITY_VALUE',
      { where: `\`onUpdate\` of the relation ${entity.name}.${field.name}`, value: spec.onUpdate ?? '', fix },
      specPosition(field, spec.places['onUpdate']),
    )
  }
  if (spec.onDelete === 'set null' && spec.nullable === false) {
    model.report.error(
      'YAMA_ENTITY_CONFLICT',
      {
        where: `The relation ${entity.name}.${field.name}`,
        problem: 'it is required, and `setNull` would make it null',
        fix: 'Write `?` in place of `!`, or another action.',
      },
      specPosition(field, spec.places['onDelete']),
    )
  }
  const references: ForeignReference = {
    schema: target.entity.schema,
    table: target.entity.table,
    columns: target.columns.map((each) => each.name),
    onDelete: spec.onDelete ?? 'no action',
    onUpdate,
    ...(model.kind === 'mariadb' ? statedNoAction(spec.onDelete === 'no action', spec.onUpdate === 'noAction') : {}),
    ...(spec.match === undefined ? {} : { match: spec.match }),
  }
  const deferrable = spec.deferrable === undefined ? {} : { deferrable: spec.deferrable }
  const payload = { references, ...deferrable, ...flag('notValid', spec.notValid) }
  emitConstraint(emitter, entity, { kind: 'foreign', name: spec.constraint, columns: columns.map((each) => each.name), payload }, field)
}

/** The section `foreignKeys:`, for keys of several columns and tables outside the entities. */
export function emitForeignKeys(emitter: Emitter, resolver: ColumnResolver, entity: EntityModel): void {
  const { model } = emitter
  for (const [index, item] of (entity.data.foreignKeys ?? []).entries()) {
    if (!appliesTo(item, model.kind)) continue
    const settings = overridden(item, model.kind)
    const by: Placed = { name: `foreign key ${index + 1}`, source: entity.source, path: [...entity.path, 'foreignKeys', index] }
    const where = `The foreign key ${index + 1} of ${entity.name}`
    const columns = fieldColumns(model, resolver, entity, settings.fields, where, (place) => by.source.at([...by.path, 'fields', place]))
    const target = referenced(emitter, resolver, settings.references, where, by)
    if (columns === undefined || target === undefined) continue
    // SQLite takes a key to a table without a primary key, and complains about rows only.
    const isImplicit = model.kind === 'sqlite' && target.columns.length === 0
    if (columns.length !== target.columns.length && !isImplicit) {
      model.report.error(
        'YAMA_ENTITY_RELATION_COLUMNS',
        { where, columns: columns.length, references: target.columns.length },
        by.source.at([...by.path, 'fields']),
      )
      continue
    }
    const cleared =
      settings.onDeleteFields === undefined
        ? undefined
        : fieldColumns(model, resolver, entity, settings.onDeleteFields, where, (place) =>
            by.source.at([...by.path, 'onDeleteFields', place]),
          )
    const references: ForeignReference = {
      ...target,
      onDelete: referentialActions[settings.onDelete ?? 'noAction'] ?? 'no action',
      onUpdate: referentialActions[settings.onUpdate ?? 'noAction'] ?? 'no action',
      ...(model.kind === 'mariadb' ? statedNoAction(settings.onDelete === 'noAction', settings.onUpdate === 'noAction') : {}),
      ...(settings.match === 'full' ? { match: 'full' } : {}),
      ...(cleared === undefined ? {} : { onDeleteColumns: cleared }),
    }
    const payload = {
      references,
      ...deferral(settings.deferrable),
      ...flag('notValid', settings.notValid),
      ...emitter.comment(settings.doc),
      options: textOptions(settings.options),
    }
    emitConstraint(emitter, entity, { kind: 'foreign', name: settings.name, columns, was: words(settings.was), payload }, by)
  }
}

type Given = NonNullable<EntityModel['data']['foreignKeys']>[number]['references']

function referenced(
  { model }: Emitter,
  resolver: ColumnResolver,
  given: Given,
  where: string,
  by: Placed,
): Pick<ForeignReference, 'schema' | 'table' | 'columns'> | undefined {
  if ('table' in given) return { schema: namespaceOf(given.schema, model.dialect), table: given.table, columns: given.columns }
  const other = model.entities.get(given.entity)
  if (other === undefined) {
    if (!model.silentEntities.has(given.entity))
      model.report.error(
        'YAMA_ENTITY_ENTITY_UNKNOWN',
        { where, entity: given.entity, fix: didYouMean(given.entity, model.entities.keys()) },
        by.source.at([...by.path, 'references', 'entity']),
      )
    return undefined
  }
  const names = given.fields ?? other.primary
  if (names.length === 0) {
    model.report.error(
      'YAMA_ENTITY_RELATION_TARGET',
      { field: by.name, entity: other.name, problem: 'no primary key', fix: 'Name its unique fields with `fields:`.' },
      by.source.at([...by.path, 'references']),
    )
    return undefined
  }
  const columns = fieldColumns(model, resolver, other, names, where, (place) => by.source.at([...by.path, 'references', 'fields', place]))
  return columns === undefined ? undefined : { schema: other.schema, table: other.table, columns }
}
