import type { EntityModel, FieldModel, Model } from '../model/model.ts'

/** A field of an entity, and the entity that states it: itself, or one that it is a partition of or inherits from. */
export interface FoundField {
  readonly entity: EntityModel
  readonly field: FieldModel
}

export function ownOrInheritedField(
  model: Model,
  entity: EntityModel,
  name: string,
  passed: readonly EntityModel[] = [],
): FoundField | undefined {
  const own = entity.fields.get(name)
  if (own !== undefined) return { entity, field: own }
  const { partitionOf, inherits } = entity.data
  for (const parent of [...(partitionOf === undefined ? [] : [partitionOf.entity]), ...(inherits ?? [])]) {
    const other = model.entities.get(parent)
    if (other === undefined || other === entity || passed.includes(other)) continue
    const found = ownOrInheritedField(model, other, name, [...passed, entity])
    if (found !== undefined) return found
  }
  return undefined
}
