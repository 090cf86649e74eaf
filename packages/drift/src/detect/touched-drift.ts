import type { Effect } from '@yama/core'
import { parseFactId, type FactId, type FactKind } from '@yama/schema'
import type { DriftedObject } from './drifted-object.ts'

/** The kinds that statements call by another word than `relation`. Everything on a table is the table's. */
const words: Partial<Record<FactKind, string>> = {
  function: 'function',
  enum: 'type',
  domain: 'type',
  compositeType: 'type',
  rangeType: 'type',
  schema: 'schema',
}

/** The drifted objects that one of the effects is about. A name without a schema means any; another column of the same table is not touched. */
export function touchedDrift<T extends Named>(objects: readonly T[], effects: readonly Effect[]): readonly T[] {
  return objects.filter((object) => {
    const places = object.managed ? placesOf(object.id) : [placeOfUnmanaged(object)]
    return effects.some((effect) => places.some((place) => meets(place, effect)))
  })
}

type Named = Pick<DriftedObject, 'id' | 'object' | 'managed'>

interface Place {
  readonly object: string
  readonly schema: string
  readonly column?: string
}

function placesOf(id: FactId): readonly Place[] {
  const { kind, schema, table, name } = parseFactId(id)
  const bare = name.replace(/\(.*$/s, '')
  const column = kind === 'column' ? { column: bare } : {}
  if (table === undefined || table === '') return [{ object: `${words[kind] ?? 'relation'}:${bare}`, schema }]
  const owner = { object: `relation:${table}`, schema, ...column }
  // DROP INDEX names no table.
  return kind === 'index' ? [owner, { object: `relation:${bare}`, schema }] : [owner]
}

function placeOfUnmanaged({ object }: Named): Place {
  const parts = object.slice(object.indexOf(' ') + 1).split('.')
  return { object: `relation:${parts.at(-1) ?? ''}`, schema: parts.length > 1 ? (parts[0] ?? '') : '' }
}

const folded = (text: string): string => text.toLowerCase()

function meets({ object, schema, column }: Place, effect: Effect): boolean {
  if (folded(object) !== folded(effect.object)) return false
  if (schema !== '' && effect.schema !== '' && folded(schema) !== folded(effect.schema)) return false
  const other = effect.member?.startsWith('column:') === true ? effect.member.slice('column:'.length) : undefined
  return column === undefined || other === undefined || folded(column) === folded(other)
}
