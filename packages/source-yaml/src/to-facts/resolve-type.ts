import { type FactId, objectId, type PortableType } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import type { FieldSpec } from '../field/field-spec.ts'
import { knownTypes } from '../field/parse-type.ts'
import type { EntityModel, EnumModel, FieldModel, Model } from '../model/model.ts'
import { specPosition } from '../model/spec-position.ts'

/** The type of one column. */
export interface ColumnType {
  readonly native: string
  readonly portable: PortableType | undefined
  /** Values that are allowed, where the field is an enum. */
  readonly values?: readonly string[]
  /** For `check` and `lookup` enums, what goes with the column. */
  readonly enumeration?: EnumModel
  readonly dependsOn: readonly FactId[]
}

/** What a field is: a column with a type, a relation to one entity, or a list of entities. */
export type FieldKind = 'column' | 'relation' | 'list' | 'unknown'

export function fieldKind(field: FieldModel, model: Model): FieldKind {
  const { type } = field.spec
  if (type.kind !== 'named') return 'column'
  if (!type.relation && model.enums.has(type.name)) return 'column'
  if (model.entities.has(type.name)) return type.array > 0 ? 'list' : 'relation'
  return 'unknown'
}

/** Says that a type is unknown, once, unless its declaration is broken or belongs to another database. */
export function reportUnknownType(entity: EntityModel, field: FieldModel, model: Model): void {
  const { type, places } = field.spec
  if (type.kind !== 'named' || model.silentEntities.has(type.name) || model.silentEnums.has(type.name)) return
  const position = specPosition(field, places['relation'] ?? places['type'])
  const names = [...model.entities.keys()]
  if (type.relation) {
    model.report.error(
      'YAMA_ENTITY_ENTITY_UNKNOWN',
      { where: `The relation ${entity.name}.${field.name}`, entity: type.name, fix: didYouMean(type.name, names) },
      position,
    )
    return
  }
  const fix = didYouMean(
    type.name,
    [...knownTypes, ...model.enums.keys(), ...names],
    'Use a portable type, an enum, an entity, or `type: { sql: "…" }` for a type of the database.',
  )
  model.report.error('YAMA_ENTITY_TYPE_UNKNOWN', { field: `${entity.name}.${field.name}`, type: type.name, fix }, position)
}

const plainText = { name: 'string', parameters: [], array: 0 } as const

export function enumTypeName(model: Model, { schema, typeName }: Pick<EnumModel, 'schema' | 'typeName'>): string {
  const { quote } = model.dialect
  return schema === '' ? quote(typeName) : `${quote(schema)}.${quote(typeName)}`
}

function lossy(entity: EntityModel, field: FieldModel, type: PortableType, model: Model): string {
  const native = model.dialect.types.toNative(type)
  if (native.lossy !== undefined) {
    const parameters = type.parameters.length === 0 ? '' : `(${type.parameters.join(', ')})`
    model.lossy.add({
      field: `${entity.name}.${field.name}`,
      type: `${type.name}${parameters}${'[]'.repeat(type.array)}`,
      key: `${type.name}${type.array > 0 ? '[]' : ''}`,
      native: native.sql,
      loss: native.lossy.replace(/\.$/, ''),
      at: () => specPosition(field, field.spec.places['type']),
    })
  }
  return native.sql
}

/** The type of a field that is a column itself; `inline` is the enum type that an enum in the field stands for. */
export function resolveType(
  entity: EntityModel,
  field: FieldModel,
  spec: FieldSpec,
  inline: EnumModel | undefined,
  model: Model,
): ColumnType {
  const { type } = spec
  if (type.kind === 'raw') return { native: type.sql, portable: undefined, dependsOn: [] }
  if (type.kind === 'portable') {
    const extension = model.kind === 'postgres' && type.type.name === 'citext' ? [objectId('extension', '', 'citext')] : []
    return { native: lossy(entity, field, type.type, model), portable: type.type, dependsOn: extension }
  }
  const enumeration = type.kind === 'enum' ? inline : model.enums.get(type.name)
  if (enumeration === undefined) return { native: lossy(entity, field, plainText, model), portable: plainText, dependsOn: [] }
  const brackets = '[]'.repeat(type.array)
  if (enumeration.strategy === 'native') {
    const id = objectId('enum', enumeration.schema, enumeration.typeName)
    return { native: enumTypeName(model, enumeration) + brackets, portable: undefined, values: enumeration.values, dependsOn: [id] }
  }
  const text: PortableType = { ...plainText, array: type.array }
  return { native: lossy(entity, field, text, model), portable: text, values: enumeration.values, enumeration, dependsOn: [] }
}
