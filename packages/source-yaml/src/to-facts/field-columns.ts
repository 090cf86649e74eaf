import type { SourcePosition } from '@yama/core'
import { didYouMean } from '../errors/did-you-mean.ts'
import type { EntityModel, Model } from '../model/model.ts'
import { ownOrInheritedField } from './own-or-inherited-field.ts'
import type { ColumnResolver } from './resolve-columns.ts'

/** Columns of the named fields, in order; undefined where one is not usable. Unknown names are reported at their place. */
export function fieldColumns(
  model: Model,
  resolver: ColumnResolver,
  entity: EntityModel,
  names: readonly string[],
  where: string,
  at: (index: number) => SourcePosition,
): readonly string[] | undefined {
  const columns: string[] = []
  let usable = true
  for (const [index, name] of names.entries()) {
    const field = ownOrInheritedField(model, entity, name)
    if (field === undefined) {
      usable = false
      if (!entity.silent.has(name)) {
        const byColumn = [...entity.fields.values()].find((each) => resolver.columns(entity, each).some((column) => column.name === name))
        const fix =
          byColumn === undefined ? didYouMean(name, entity.fields.keys()) : `That is the column; write the field \`${byColumn.name}\`.`
        model.report.error('YAMA_ENTITY_FIELD_UNKNOWN', { where, field: name, entity: entity.name, fix }, at(index))
      }
      continue
    }
    const found = resolver.columns(field.entity, field.field)
    if (found.length === 0) usable = false
    columns.push(...found.map((column) => column.name))
  }
  return usable ? columns : undefined
}
