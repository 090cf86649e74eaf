import type { SourcePosition } from '@yama/core'
import { type FactId, type IndexKey, type IndexPayload, memberId } from '@yama/schema'
import { appliesTo, overridden } from '../field/overridden.ts'
import { textOptions } from '../field/parse-field.ts'
import { type EntityModel, type Placed, words } from '../model/model.ts'
import type { IndexData } from '../schema/types.ts'
import { type Emitter, tableId } from './emitter.ts'
import { fieldColumns } from './field-columns.ts'
import type { ColumnResolver } from './resolve-columns.ts'

/** The table or materialized view that indexes are on. */
export interface IndexOwner extends Placed {
  readonly schema: string
  readonly table: string
  readonly id: FactId
  /** True where a part of the entry was refused, so that what is missing in it is known already. */
  readonly broken: boolean
  /** Columns of a field; undefined where it is unknown, which was reported. */
  columns(names: readonly string[], where: string, at: (index: number) => ReturnType<Placed['source']['at']>): readonly string[] | undefined
}

export function entityOwner(emitter: Emitter, resolver: ColumnResolver, entity: EntityModel): IndexOwner {
  const { name, source, path, schema, table } = entity
  return {
    name,
    source,
    path,
    schema,
    table,
    id: tableId(entity),
    broken: entity.brokenIndexes,
    columns: (names, where, at) => fieldColumns(emitter.model, resolver, entity, names, where, at),
  }
}

function emitIndex(
  emitter: Emitter,
  owner: IndexOwner,
  name: string | undefined,
  payload: IndexPayload,
  by: Placed,
  was: readonly string[] = [],
): void {
  const columns = payload.keys.map((key) => key.column ?? 'expr')
  const chosen = emitter.memberName('index', name, owner, columns)
  const id = memberId('index', owner.schema, owner.table, chosen)
  emitter.add<'index'>(
    {
      kind: 'index',
      id,
      schema: owner.schema,
      name: chosen,
      parent: owner.id,
      payload,
      dependsOn: [],
      ...(was.length === 0 ? {} : { was }),
    },
    by,
  )
}

/** `indexed` on fields, then the section `indexes:`. */
export function emitEntityIndexes(emitter: Emitter, resolver: ColumnResolver, entity: EntityModel): void {
  const owner = entityOwner(emitter, resolver, entity)
  for (const field of entity.fields.values()) {
    if (!field.spec.indexed) continue
    const keys = resolver.columns(entity, field).map((column): IndexKey => ({ column: column.name }))
    if (keys.length > 0) emitIndex(emitter, owner, undefined, { unique: false, method: 'btree', keys, options: {} }, field)
  }
  emitIndexes(emitter, owner, entity.data.indexes)
}

export function emitIndexes(emitter: Emitter, owner: IndexOwner, list: readonly IndexData[] | undefined): void {
  const { model } = emitter
  for (const [index, item] of (list ?? []).entries()) {
    if (!appliesTo(item, model.kind)) continue
    const settings = overridden(item, model.kind)
    const by: Placed = { name: settings.name ?? `index ${index + 1}`, source: owner.source, path: [...owner.path, 'indexes', index] }
    const where = settings.name === undefined ? `The index ${index + 1} of ${owner.name}` : `The index ${settings.name}`
    const keys = indexKeys(emitter, owner, settings, where, by)
    const include =
      settings.include === undefined ? [] : owner.columns(settings.include, where, (place) => by.source.at([...by.path, 'include', place]))
    if (keys === undefined || include === undefined) continue
    const payload: IndexPayload = {
      unique: settings.unique === true,
      method: settings.using ?? 'btree',
      keys,
      ...(include.length === 0 ? {} : { include }),
      ...(settings.where === undefined ? {} : { where: settings.where }),
      ...(settings.nullsDistinct === false ? { nullsNotDistinct: true } : {}),
      ...emitter.comment(settings.doc),
      options: textOptions(settings.options),
    }
    emitIndex(emitter, owner, settings.name, payload, by, words(settings.was))
  }
}

const keyPattern = /^(\S+)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i

function indexKeys({ model }: Emitter, owner: IndexOwner, data: IndexData, where: string, by: Placed): readonly IndexKey[] | undefined {
  const conflict = (problem: string, fix: string): undefined =>
    void model.report.error('YAMA_ENTITY_CONFLICT', { where, problem, fix }, by.source.keyAt(by.path))
  if (data.fields === undefined && data.expression === undefined)
    return owner.broken ? undefined : conflict('it has neither `fields:` nor `expression:`', 'Add one of them.')
  if (data.fields !== undefined && data.expression !== undefined)
    return conflict('it has both `fields:` and `expression:`', 'Write the expression as an item of `fields:`: { expression: "…" }.')
  if (data.expression !== undefined) return [{ expression: data.expression }]
  const keys: IndexKey[] = []
  let usable = true
  for (const [index, item] of (data.fields ?? []).entries()) {
    const at = (): SourcePosition => by.source.at([...by.path, 'fields', index])
    const settings = typeof item === 'string' ? parseKey(item) : item
    if (settings === undefined || (settings.field === undefined) === (settings.expression === undefined)) {
      usable = false
      model.report.error('YAMA_ENTITY_INDEX_KEY', { key: typeof item === 'string' ? item : JSON.stringify(item) }, at())
      continue
    }
    const columns =
      settings.field === undefined
        ? [undefined]
        : owner.columns([settings.field], where, () =>
            typeof item === 'string' ? at() : by.source.at([...by.path, 'fields', index, 'field']),
          )
    if (columns === undefined) usable = false
    for (const column of columns ?? []) {
      const descending = settings.order === 'desc'
      // The place of nulls is said only where it is not what the direction brings.
      const nulls = settings.nulls === (descending ? 'first' : 'last') ? undefined : settings.nulls
      keys.push({
        ...(column === undefined ? { expression: settings.expression ?? '' } : { column }),
        ...(descending ? { descending } : {}),
        ...(nulls === undefined ? {} : { nulls }),
        ...(settings.collation === undefined ? {} : { collation: settings.collation }),
        ...(settings.operatorClass === undefined ? {} : { operatorClass: settings.operatorClass }),
        ...(settings.prefix === undefined ? {} : { prefixLength: settings.prefix }),
      })
    }
  }
  return usable ? keys : undefined
}

type KeySettings = Exclude<NonNullable<IndexData['fields']>[number], string>

function parseKey(text: string): KeySettings | undefined {
  const match = keyPattern.exec(text.trim())
  if (match === null) return undefined
  const [, field, order, nulls] = match
  return {
    field,
    ...(order === undefined ? {} : { order: order.toLowerCase() as 'asc' | 'desc' }),
    ...(nulls === undefined ? {} : { nulls: nulls.toLowerCase() as 'first' | 'last' }),
  }
}
