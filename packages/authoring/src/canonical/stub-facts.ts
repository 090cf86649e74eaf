import type { AnyFact, Fact } from '@yama/schema'
import { columnsOf, isKey, type FactGroup } from './fact-groups.ts'

/** Of a table, what a foreign key to it needs: its keys and their columns, and of these no more than their type. */
export function stubFacts(group: FactGroup): readonly AnyFact[] {
  const table = group.facts.find((fact) => fact.id === group.root)
  const keys = group.facts.filter((fact) => isKey(fact) && isOfColumns(fact))
  // What a partition or child is depends on all of its columns, and those of others.
  if (table?.kind !== 'table' || !isPlain(table))
    return group.facts.filter((fact) => fact === table || fact.kind === 'column' || isKey(fact))
  const names = new Set(keys.flatMap(columnsOf))
  const columns = group.facts.flatMap((fact) => (fact.kind === 'column' && names.has(fact.name) ? [withoutValue(fact)] : []))
  return [table, ...columns, ...keys]
}

const isPlain = ({ payload }: Fact<'table'>): boolean =>
  payload.partitionBy === undefined && payload.partitionOf === undefined && payload.inherits === undefined

/** Only such a key can be pointed to. */
const isOfColumns = (key: AnyFact): boolean =>
  key.kind !== 'index' || (key.payload.where === undefined && key.payload.keys.every(({ column }) => column !== undefined))

function withoutValue(fact: Fact<'column'>): Fact<'column'> {
  const { type, notNull, collation } = fact.payload
  return { ...fact, payload: { type, notNull, ...(collation === undefined ? {} : { collation }), options: {} } }
}
