import { type AnyFact, type Fact, type FactId, objectId } from '@yama/schema'
import { appliesTo } from '../field/overridden.ts'
import { textOptions } from '../field/parse-field.ts'
import type { EntityModel, LossyUse, Model, Placed } from '../model/model.ts'
import { words } from '../model/model.ts'
import { emitAttachedNames } from './emit-attached-names.ts'
import { emitChecks, emitEnumCheck, emitRawConstraints } from './emit-checks.ts'
import { emitColumn } from './emit-column.ts'
import { emitPartitions, familyOf } from './emit-family.ts'
import { emitForeignKeys, emitRelation } from './emit-foreign-keys.ts'
import { emitEntityIndexes } from './emit-indexes.ts'
import { emitJoinTables } from './emit-join-tables.ts'
import { emitPrimary, emitUniques } from './emit-keys.ts'
import { emitEnum, emitExtensions, emitLookupKeys, emitNamespaces, emitSequences, inSchema } from './emit-objects.ts'
import { emitGrants } from './emit-grants.ts'
import { emitOwners } from './emit-owners.ts'
import { emitStatements } from './emit-statements.ts'
import { emitTypes } from './emit-types.ts'
import { emitViews } from './emit-views.ts'
import { productName } from '../model/product-name.ts'
import { createEmitter, type Emitter, tableId } from './emitter.ts'
import { type ColumnResolver, createColumnResolver } from './resolve-columns.ts'
import { fieldKind } from './resolve-type.ts'
import { withWordDependencies } from './word-dependencies.ts'

export interface StatedFacts {
  readonly facts: readonly AnyFact[]
  /** Which part of which file says a fact. */
  readonly statedBy: ReadonlyMap<FactId, Placed>
}

/** The model as facts of its database; mistakes go to the model's report. */
export function toFacts(model: Model): StatedFacts {
  const emitter = createEmitter(model)
  const resolver = createColumnResolver(model)
  emitNamespaces(emitter)
  emitExtensions(emitter)
  for (const each of model.enums.values()) emitEnum(emitter, each)
  emitTypes(emitter)
  emitSequences(emitter, resolver)
  for (const entity of model.entities.values()) emitTable(emitter, resolver, entity)
  for (const entity of model.entities.values()) emitPartitions(emitter, entity)
  for (const entity of model.entities.values()) {
    for (const field of entity.fields.values()) emitRelation(emitter, resolver, entity, field)
    emitForeignKeys(emitter, resolver, entity)
  }
  emitJoinTables(emitter, resolver)
  emitLookupKeys(emitter, resolver)
  emitViews(emitter)
  for (const entity of model.entities.values()) emitEntityIndexes(emitter, resolver, entity)
  emitAttachedNames(emitter)
  emitStatements(emitter)
  emitGrants(emitter, resolver)
  emitOwners(emitter, resolver)
  reportLossy(model)
  return { facts: withWordDependencies(withSequences([...emitter.facts.values()])), statedBy: emitter.statedBy }
}

/** One warning for each type, not one for each field. */
function reportLossy(model: Model): void {
  const byType = new Map<string, LossyUse[]>()
  for (const use of model.lossy) byType.set(use.key, [...(byType.get(use.key) ?? []), use])
  for (const uses of byType.values()) {
    const [first] = uses
    if (first === undefined) continue
    const others = new Set(uses.map((use) => use.field)).size - 1
    const { field, type, native, loss, at } = first
    const more = others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'field' : 'fields'})`
    model.report.warning('YAMA_ENTITY_LOSSY', { field, more, type, native, database: productName(model.kind), loss }, at(), field)
  }
}

function emitTable(emitter: Emitter, resolver: ColumnResolver, entity: EntityModel): void {
  const { model } = emitter
  const was = [...new Set(words(entity.data.was).flatMap((name) => [name, model.naming.table(name)]))].filter(
    (name) => name !== entity.table,
  )
  const { rls } = entity.data
  const secured = model.kind === 'postgres' && rls !== undefined && appliesTo(rls, model.kind)
  const payload = {
    ...emitter.comment(entity.data.doc),
    ...familyOf(emitter, resolver, entity),
    options: {
      ...textOptions(entity.data.options),
      ...(secured && rls.enabled === true ? { rowSecurity: true } : {}),
      ...(secured && rls.force === true ? { forceRowSecurity: true } : {}),
    },
  }
  const dependsOn = inSchema(model, entity.schema)
  emitter.add<'table'>(
    {
      kind: 'table',
      id: tableId(entity),
      schema: entity.schema,
      name: entity.table,
      payload,
      dependsOn,
      ...(was.length === 0 ? {} : { was }),
    },
    entity,
  )
  const inline = [...entity.fields.values()].map((field) => ({ field, type: resolver.inlineEnum(entity, field) }))
  for (const { type } of inline)
    if (type?.strategy === 'native')
      emitter.add<'enum'>(
        {
          kind: 'enum',
          id: objectId('enum', type.schema, type.typeName),
          schema: type.schema,
          name: type.typeName,
          payload: { values: type.values },
          dependsOn,
        },
        type,
      )
  for (const field of entity.fields.values()) {
    const isRelation = fieldKind(field, model) === 'relation'
    for (const column of resolver.columns(entity, field)) emitColumn(emitter, entity, field, column, isRelation)
  }
  emitPrimary(emitter, resolver, entity)
  emitUniques(emitter, resolver, entity)
  emitChecks(emitter, entity)
  for (const field of entity.fields.values()) {
    if (fieldKind(field, model) !== 'column') continue
    for (const column of resolver.columns(entity, field)) emitEnumCheck(emitter, entity, field, column)
  }
  emitRawConstraints(emitter, resolver, entity)
}

/** A raw default that names a sequence needs it first. */
function withSequences(facts: readonly AnyFact[]): readonly AnyFact[] {
  const sequences = facts.filter((fact): fact is Fact<'sequence'> => fact.kind === 'sequence')
  if (sequences.length === 0) return facts
  return facts.map((fact) => {
    if (fact.kind !== 'column' || fact.payload.default === undefined) return fact
    const { default: expression } = fact.payload
    const used = sequences.filter((each) => expression.includes(each.name)).map((each) => each.id)
    return used.length === 0 ? fact : { ...fact, dependsOn: [...fact.dependsOn, ...used] }
  })
}
