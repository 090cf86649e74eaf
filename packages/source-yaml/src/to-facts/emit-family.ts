import { type Fact, objectId } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import { appliesTo } from '../field/overridden.ts'
import type { EntityModel } from '../model/model.ts'
import { inSchema } from './emit-objects.ts'
import { type Emitter, tableId } from './emitter.ts'
import { fieldColumns } from './field-columns.ts'
import type { ColumnResolver } from './resolve-columns.ts'

type Family = Pick<Fact<'table'>['payload'], 'partitionBy' | 'partitionOf' | 'inherits'>

/** `FOR VALUES …` of what people write, or `DEFAULT`. */
const boundOf = (values: string): string =>
  /^\s*default\s*$/i.test(values) ? 'DEFAULT' : `FOR VALUES ${values.replace(/^\s*for\s+values\s+/i, '').trim()}`

/** What an entity says of its partitions and parents. */
export function familyOf(emitter: Emitter, resolver: ColumnResolver, entity: EntityModel): Family {
  const { model } = emitter
  if (model.kind !== 'postgres') return {}
  const { partition, partitionOf, inherits } = entity.data
  const parent = partitionOf === undefined ? undefined : parentOf(emitter, entity, partitionOf.entity, ['partitionOf', 'entity'])
  const parents = (inherits ?? []).flatMap((name, index) => {
    const found = parentOf(emitter, entity, name, ['inherits', index])
    return found === undefined ? [] : [tableId(found)]
  })
  const by = partition !== undefined && appliesTo(partition, model.kind) ? partition : undefined
  return {
    ...(by === undefined ? {} : { partitionBy: `${by.by.toUpperCase()} (${keyOf(emitter, resolver, entity, by)})` }),
    ...(parent === undefined || partitionOf === undefined
      ? {}
      : { partitionOf: { table: tableId(parent), bound: boundOf(partitionOf.values) } }),
    ...(parents.length === 0 ? {} : { inherits: parents }),
  }
}

function keyOf(
  { model }: Emitter,
  resolver: ColumnResolver,
  entity: EntityModel,
  partition: NonNullable<EntityModel['data']['partition']>,
): string {
  if (partition.key !== undefined) return partition.key
  const columns = fieldColumns(model, resolver, entity, partition.fields ?? [], `The partitioning of ${entity.name}`, (index) =>
    entity.source.at([...entity.path, 'partition', 'fields', index]),
  )
  return (columns ?? []).map((column) => model.dialect.quote(column)).join(', ')
}

function parentOf({ model }: Emitter, entity: EntityModel, name: string, path: readonly (string | number)[]): EntityModel | undefined {
  const found = model.entities.get(name)
  if (found === undefined && !model.silentEntities.has(name))
    model.report.error(
      'YAMA_ENTITY_ENTITY_UNKNOWN',
      { where: `The entity ${entity.name}`, entity: name, fix: didYouMean(name, model.entities.keys()) },
      entity.source.at([...entity.path, ...path]),
    )
  return found
}

/** Partitions that the parent lists. */
export function emitPartitions(emitter: Emitter, entity: EntityModel): void {
  const { model } = emitter
  const { partition } = entity.data
  if (model.kind !== 'postgres' || partition === undefined || !appliesTo(partition, model.kind)) return
  for (const [name, values] of Object.entries(partition.partitions ?? {})) {
    const payload = { partitionOf: { table: tableId(entity), bound: boundOf(values) }, options: {} }
    emitter.add<'table'>(
      {
        kind: 'table',
        id: objectId('table', entity.schema, name),
        schema: entity.schema,
        name,
        payload,
        dependsOn: inSchema(model, entity.schema),
      },
      { name, source: entity.source, path: [...entity.path, 'partition', 'partitions', name] },
    )
  }
}
