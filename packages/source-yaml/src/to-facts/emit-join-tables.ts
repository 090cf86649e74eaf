import { memberId, objectId } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import { singular } from '../model/letter-case.ts'
import type { EntityModel, FieldModel, Model } from '../model/model.ts'
import { specPosition } from '../model/spec-position.ts'
import { emitConstraint } from './emit-keys.ts'
import { columnId, type Emitter } from './emitter.ts'
import { ownOrInheritedField } from './own-or-inherited-field.ts'
import type { ColumnResolver, ResolvedColumn } from './resolve-columns.ts'
import { fieldKind } from './resolve-type.ts'

interface Side {
  readonly entity: EntityModel
  readonly columns: readonly ResolvedColumn[]
  readonly names: readonly string[]
}

/** `Tag[] through:post_tags`: the join table, unless an entity owns it. Both sides may say it. */
export function emitJoinTables(emitter: Emitter, resolver: ColumnResolver): void {
  const { model } = emitter
  const owned = new Set([...model.entities.values()].flatMap((entity) => [entity.table, `${entity.schema}.${entity.table}`]))
  const made = new Map<string, string>()
  for (const entity of model.entities.values()) {
    for (const field of entity.fields.values()) {
      if (fieldKind(field, model) !== 'list') continue
      const { type, through } = field.spec
      const target = type.kind === 'named' ? model.entities.get(type.name) : undefined
      if (target === undefined) continue
      if (through === undefined) {
        reportMissingInverse(model, entity, field, target)
        continue
      }
      const table = through.includes('.') ? through.slice(through.indexOf('.') + 1) : through
      const schema = through.includes('.') ? through.slice(0, through.indexOf('.')) : entity.schema
      if (owned.has(through)) continue
      const pair = [entity.name, target.name].toSorted().join('/')
      const known = made.get(`${schema}/${table}`)
      if (known === pair && entity !== target) continue
      made.set(`${schema}/${table}`, pair)
      const left = side(emitter, resolver, entity, entity.name, field)
      const right = side(emitter, resolver, target, entity === target ? singular(field.name) : target.name, field)
      if (left !== undefined && right !== undefined) emitJoinTable(emitter, schema, table, left, right, field)
    }
  }
}

function side({ model }: Emitter, resolver: ColumnResolver, entity: EntityModel, name: string, field: FieldModel): Side | undefined {
  const columns = entity.primary.flatMap((each) => {
    const key = ownOrInheritedField(model, entity, each)
    return key === undefined ? [] : resolver.columns(key.entity, key.field)
  })
  if (columns.length === 0) {
    if (entity.silent.size === 0)
      model.report.error(
        'YAMA_ENTITY_RELATION_TARGET',
        { field: field.name, entity: entity.name, problem: 'no primary key', fix: `Mark a field of ${entity.name} as \`primary\`.` },
        specPosition(field, field.spec.places['type']),
      )
    return undefined
  }
  const stem = model.naming.column(name)
  return {
    entity,
    columns,
    names: columns.map((each) => (columns.length === 1 ? model.naming.relationColumn(name) : `${stem}_${each.name}`)),
  }
}

function emitJoinTable(emitter: Emitter, schema: string, table: string, left: Side, right: Side, field: FieldModel): void {
  const owner = { schema, table }
  const id = objectId('table', schema, table)
  const namespace = schema === emitter.model.dialect.defaultSchema ? [] : [objectId('schema', '', schema)]
  emitter.add<'table'>({ kind: 'table', id, schema, name: table, payload: { options: {} }, dependsOn: namespace }, field)
  for (const { columns, names } of [left, right]) {
    for (const [index, column] of columns.entries()) {
      const name = names[index] ?? column.name
      emitter.add<'column'>(
        {
          kind: 'column',
          id: columnId(owner, name),
          schema,
          name,
          parent: id,
          payload: { type: column.type, notNull: true, options: {} },
          dependsOn: [...column.dependsOn],
        },
        field,
      )
    }
  }
  emitConstraint(emitter, owner, { kind: 'primary', name: undefined, columns: [...left.names, ...right.names], payload: {} }, field)
  for (const { entity, columns, names } of [left, right]) {
    const references = {
      schema: entity.schema,
      table: entity.table,
      columns: columns.map((each) => each.name),
      onDelete: 'cascade',
      onUpdate: 'no action',
    } as const
    emitConstraint(emitter, owner, { kind: 'foreign', name: undefined, columns: names, payload: { references } }, field)
  }
  // The primary key serves the first side; lookups from the other one need their own index.
  const name = emitter.memberName('index', undefined, owner, right.names)
  emitter.add<'index'>(
    {
      kind: 'index',
      id: memberId('index', schema, table, name),
      schema,
      name,
      parent: id,
      payload: { unique: false, method: 'btree', keys: right.names.map((column) => ({ column })), options: {} },
      dependsOn: [],
    },
    field,
  )
}

/** A list without `through:` is the other side of a relation, and needs one. */
function reportMissingInverse(model: Model, entity: EntityModel, field: FieldModel, target: EntityModel): void {
  const points = [...target.fields.values()].some(({ spec: { type } }) => type.kind === 'named' && type.name === entity.name)
  if (points || target.silent.size > 0) return
  const position = specPosition(field, field.spec.places['relation'] ?? field.spec.places['type'])
  const joins = [...model.entities.values()].filter((each) => each.primary.length > 1).map((each) => each.table)
  const fix = `Add \`through:${joins[0] ?? `${entity.table}_${target.table}`}\` for many-to-many, or a relation \`${entity.name}!\` to ${target.name}.`
  model.report.error(
    'YAMA_ENTITY_THROUGH',
    {
      field: `${entity.name}.${field.name}`,
      problem: `${target.name} has no relation back to ${entity.name}`,
      fix: joins.length > 1 ? didYouMean(field.name, joins, fix) : fix,
      entity: target.name,
    },
    position,
  )
}
