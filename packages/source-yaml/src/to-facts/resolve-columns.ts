import type { FactId, PortableType } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import type { EntityModel, EnumModel, FieldModel, Model } from '../model/model.ts'
import { specPosition } from '../model/spec-position.ts'
import { ownOrInheritedField } from './own-or-inherited-field.ts'
import { fieldKind, reportUnknownType, resolveType } from './resolve-type.ts'

export interface ResolvedColumn {
  readonly name: string
  readonly type: string
  readonly portable: PortableType | undefined
  readonly values?: readonly string[]
  readonly enumeration?: EnumModel
  readonly dependsOn: readonly FactId[]
}

/** Columns of every field, found on demand: a relation's type is that of the key it refers to. */
export interface ColumnResolver {
  /** Empty for a list, and for what cannot be resolved (which was reported). */
  columns(entity: EntityModel, field: FieldModel): readonly ResolvedColumn[]
  /** Target fields and their columns. */
  target(entity: EntityModel, field: FieldModel): { readonly entity: EntityModel; readonly columns: readonly ResolvedColumn[] } | undefined
  /** The enum that stands in a field itself. */
  inlineEnum(entity: EntityModel, field: FieldModel): EnumModel | undefined
}

export function createColumnResolver(model: Model): ColumnResolver {
  const done = new Map<FieldModel, readonly ResolvedColumn[]>()
  const targets = new Map<FieldModel, ReturnType<ColumnResolver['target']>>()
  const busy: FieldModel[] = []

  const inlineEnum = (entity: EntityModel, field: FieldModel): EnumModel | undefined => {
    const { type } = field.spec
    if (type.kind !== 'enum') return undefined
    const column = field.spec.column ?? model.naming.column(field.name)
    const native = model.dialect.types.enums === 'native'
    return {
      name: field.name,
      source: field.source,
      path: field.path,
      values: type.values,
      schema: entity.schema,
      typeName: model.naming.fit(`${entity.table}_${column}`),
      strategy: native ? 'native' : 'check',
      renamed: {},
      was: [],
      doc: undefined,
    }
  }

  const target: ColumnResolver['target'] = (entity, field) => {
    if (targets.has(field)) return targets.get(field)
    const { type, references, places } = field.spec
    const other = type.kind === 'named' ? model.entities.get(type.name) : undefined
    if (other === undefined) return undefined
    const fields = references ?? other.primary
    const label = `${entity.name}.${field.name}`
    if (fields.length === 0) {
      if (other.silent.size === 0)
        model.report.error(
          'YAMA_ENTITY_RELATION_TARGET',
          {
            field: label,
            entity: other.name,
            problem: 'no primary key',
            fix: `Mark a field of ${other.name} as \`primary\`, or name unique fields with \`references:\`.`,
          },
          specPosition(field, places['relation'] ?? places['type']),
        )
      return undefined
    }
    const columns: ResolvedColumn[] = []
    for (const name of fields) {
      const each = ownOrInheritedField(model, other, name)
      if (each === undefined) {
        if (!other.silent.has(name))
          model.report.error(
            'YAMA_ENTITY_FIELD_UNKNOWN',
            { where: `The relation ${label}`, field: name, entity: other.name, fix: didYouMean(name, other.fields.keys()) },
            specPosition(field, places['references']),
          )
        targets.set(field, undefined)
        return undefined
      }
      columns.push(...resolve(each.entity, each.field))
    }
    const found = columns.length === 0 ? undefined : { entity: other, columns }
    targets.set(field, found)
    return found
  }

  const resolve = (entity: EntityModel, field: FieldModel): readonly ResolvedColumn[] => {
    const known = done.get(field)
    if (known !== undefined) return known
    const start = busy.indexOf(field)
    if (start >= 0) {
      const path = [...busy.slice(start), field].map((each) => `${String(each.path[1])}.${each.name}`).join(' → ')
      model.report.error('YAMA_ENTITY_RELATION_CYCLE', { path }, field.source.keyAt(field.path))
      return []
    }
    busy.push(field)
    const found = find(entity, field)
    busy.pop()
    done.set(field, found)
    return found
  }

  const find = (entity: EntityModel, field: FieldModel): readonly ResolvedColumn[] => {
    const { spec } = field
    const kind = fieldKind(field, model)
    if (kind === 'unknown') reportUnknownType(entity, field, model)
    if (kind === 'unknown' || kind === 'list') return []
    if (kind === 'column') {
      // SQLite numbers rows in a column of type INTEGER and in no other; what refers to it has the same type.
      const rowNumber = model.kind === 'sqlite' && spec.identity !== undefined && spec.type.kind === 'portable'
      const typed = rowNumber ? { ...spec, type: { kind: 'portable', type: { name: 'int', parameters: [], array: 0 } } as const } : spec
      const { native, ...type } = resolveType(entity, field, typed, inlineEnum(entity, field), model)
      return [{ name: spec.column ?? model.naming.column(field.name), type: native, ...type }]
    }
    const other = target(entity, field)
    if (other === undefined) return []
    const given = spec.columns ?? (spec.column === undefined ? undefined : [spec.column])
    if (given !== undefined && given.length !== other.columns.length) {
      model.report.error(
        'YAMA_ENTITY_RELATION_COLUMNS',
        { where: `The relation ${entity.name}.${field.name}`, columns: given.length, references: other.columns.length },
        specPosition(field, spec.places['columns'] ?? spec.places['column']),
      )
      return []
    }
    const single = other.columns.length === 1
    return other.columns.map((each, index) => ({
      ...each,
      name: given?.[index] ?? (single ? model.naming.relationColumn(field.name) : `${model.naming.column(field.name)}_${each.name}`),
    }))
  }
  return { columns: resolve, target, inlineEnum }
}
