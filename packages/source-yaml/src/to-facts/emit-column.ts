import type { SourcePosition } from '@yama/core'
import type { ColumnPayload } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import { interpretDefault } from '../field/interpret-default.ts'
import type { EntityModel, FieldModel } from '../model/model.ts'
import { specPosition } from '../model/spec-position.ts'
import { columnId, type Emitter, tableId } from './emitter.ts'
import type { ResolvedColumn } from './resolve-columns.ts'

/** One column of a field, with its default, identity and generation. */
export function emitColumn(emitter: Emitter, entity: EntityModel, field: FieldModel, column: ResolvedColumn, isRelation: boolean): void {
  const { model } = emitter
  const { spec } = field
  const isPrimary = entity.primary.includes(field.name)
  // Only SQLite lets the columns of a primary key be null.
  const notNull = (isPrimary && model.kind !== 'sqlite') || spec.nullable === false
  const preset = defaultExpression(emitter, entity, field, column)
  const { onUpdate } = spec
  const ownOnUpdate = onUpdate !== undefined && !isRelation
  const mysql = model.kind === 'mysql' || model.kind === 'mariadb'
  if (ownOnUpdate && !mysql) {
    model.report.warning(
      'YAMA_ENTITY_NOT_CARRIED',
      {
        what: `\`onUpdate: ${onUpdate}\` of ${entity.name}.${field.name}`,
        fix: 'Set the column in the application, or add a trigger in a migration.',
      },
      specPosition(field, spec.places['onUpdate']),
    )
  }
  const conflicts = [
    preset === undefined ? '' : 'a default',
    spec.identity === undefined ? '' : '`identity`',
    spec.generated === undefined ? '' : '`generated:`',
  ].filter((each) => each !== '')
  if (conflicts.length > 1) {
    model.report.error(
      'YAMA_ENTITY_CONFLICT',
      {
        where: `The field ${entity.name}.${field.name}`,
        problem: `it has ${conflicts.join(' and ')}`,
        fix: 'Keep one: they all say where the value comes from.',
      },
      field.source.keyAt(field.path),
    )
  }
  if (spec.identity !== undefined && model.kind === 'sqlite' && !(isPrimary && entity.primary.length === 1)) {
    model.report.error(
      'YAMA_ENTITY_CONFLICT',
      {
        where: `The field ${entity.name}.${field.name}`,
        problem: 'it has `identity`, and SQLite numbers only the single column of a primary key',
        fix: 'Give SQLite something else with `overrides: { sqlite: … }`, or leave the field to the others with `only:`.',
      },
      specPosition(field, spec.places['identity']),
    )
  }
  const payload: ColumnPayload = {
    type: column.type,
    notNull,
    ...(preset === undefined ? {} : { default: preset }),
    ...(spec.generated === undefined ? {} : { generated: spec.generated }),
    ...(spec.identity === undefined ? {} : { identity: spec.identity }),
    ...(spec.collation === undefined ? {} : { collation: spec.collation }),
    ...emitter.comment(spec.doc),
    options: { ...spec.options, ...(ownOnUpdate && mysql ? { onUpdate } : {}) },
  }
  const id = columnId(entity, column.name)
  // A former name may be given as field or as column; whichever existed is found by the difference.
  const was = [
    ...new Set(spec.was.flatMap((name) => [name, model.naming.column(name), ...(isRelation ? [model.naming.relationColumn(name)] : [])])),
  ].filter((name) => name !== column.name)
  const renamed = column.enumeration?.strategy === 'check' && !isRelation ? column.enumeration.renamed : {}
  emitter.add<'column'>(
    {
      kind: 'column',
      id,
      schema: entity.schema,
      name: column.name,
      parent: tableId(entity),
      payload,
      dependsOn: [...column.dependsOn],
      ...(was.length === 0 ? {} : { was }),
      ...(Object.keys(renamed).length === 0 ? {} : { renamedValues: renamed }),
    },
    field,
  )
}

function defaultExpression({ model }: Emitter, entity: EntityModel, field: FieldModel, column: ResolvedColumn): string | undefined {
  const { spec } = field
  if (spec.default === undefined) return undefined
  const database = model.kind === 'postgres' ? 'postgres' : 'other'
  const type = column.values === undefined ? column.portable : column.portable?.array ? column.portable : undefined
  const meaning = interpretDefault(spec.default, type, { earlier: entity.earlier, database })
  const position = (): SourcePosition => specPosition(field, spec.places['default'])
  if ('problem' in meaning) {
    model.report.error(
      'YAMA_ENTITY_DEFAULT',
      { value: meaning.text, field: `${entity.name}.${field.name}`, problem: meaning.problem, fix: meaning.fix },
      position(),
    )
    return undefined
  }
  const { value } = meaning
  if (
    column.values !== undefined &&
    'literal' in value &&
    value.literal !== null &&
    field.spec.type.kind !== 'portable' &&
    !(field.spec.type.kind !== 'raw' && field.spec.type.array > 0)
  ) {
    const written = String(value.literal)
    if (!column.values.includes(written)) {
      const name = spec.type.kind === 'named' ? spec.type.name : `of ${entity.name}.${field.name}`
      model.report.error('YAMA_ENTITY_ENUM_VALUE', { value: written, enum: name, fix: didYouMean(written, column.values) }, position())
    }
    return model.dialect.types.defaultToNative({ literal: written }, column.portable)
  }
  return model.dialect.types.defaultToNative(value, column.portable)
}
