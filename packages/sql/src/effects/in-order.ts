import type { Effect, StatementEffects } from '@yama/core'
import { INDEXES } from './inherited.ts'
import type { TableFacts } from './table-facts.ts'

/**
 * What a statement looks at that takes rows one after the other: where they lie, which any update changes on PostgreSQL, and which
 * index it finds them by. `sets`: what it does to rows, `finds`: whether it finds any itself.
 */
export function rowsInOrder(
  { ordered }: StatementEffects,
  effects: readonly Effect[],
  follows: ReadonlySet<Effect>,
  facts: ReadonlyMap<string, TableFacts>,
): readonly Effect[] {
  if (ordered !== true && !effects.some((effect) => numbers(effect, facts) || (follows.has(effect) && isChange(effect)))) return []
  return placesOf(effects)
}

/** Where the rows lie that are looked at, and the indexes by which they are found. */
export const placesOf = (effects: readonly Effect[]): readonly Effect[] =>
  effects
    .filter(({ facet, access, member }) => facet === 'rows' && access === 'read' && member === 'rows:all')
    .flatMap(({ object, schema }): readonly Effect[] => [
      { object, schema, facet: 'rows', access: 'read' },
      { object, schema, member: INDEXES, facet: 'order', access: 'write' },
    ])

/** New rows that get a number, or may get one. */
function numbers({ object, facet, access, member, given = [] }: Effect, facts: ReadonlyMap<string, TableFacts>): boolean {
  if (facet !== 'rows' || access !== 'add' || member !== undefined || !object.startsWith('relation:')) return false
  const table = facts.get(object)
  if (table === undefined) return true
  const isGiven = (column: string): boolean => given.includes(column)
  return !table.generated.every(isGiven) || !table.keys.every((key) => key?.every(isGiven) === true)
}

/** The last of several stays. */
const isChange = ({ object, facet, access }: Effect): boolean => facet === 'rows' && access === 'write' && object.startsWith('relation:')
