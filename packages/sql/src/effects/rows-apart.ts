import type { PickedRows, StatementEffects } from '@yama/core'
import type { LinkIndex } from './effect-links.ts'
import type { TableFacts } from './table-facts.ts'

/**
 * Whether two statements change rows of one table that never are the same ones, whatever the rows are: a column that neither of them
 * changes holds other numbers in the one's than in the other's. Where both give values, no key may make them meet all the same.
 */
export function rowsApart(one: PickedRows | undefined, other: PickedRows | undefined, { links, facts }: LinkIndex): boolean {
  if (one === undefined || other?.object !== one.object) return false
  const table = facts.get(one.object)
  // A trigger may change the numbers, or look at other rows.
  if (table === undefined || table.altered || (links.get(one.object) ?? []).some(({ rowwise }) => rowwise !== true)) return false
  const bothNew = one.sets === 'all' && other.sets === 'all'
  const bothGive = (key: readonly string[] | undefined): boolean => gives(one, key) && gives(other, key)
  if ((isEmpty(one, other, table) || isEmpty(other, one, table)) && !table.keys.some(bothGive)) return true
  return table.numbers.some((column) => {
    const [these, those] = [one.numbers[column], other.numbers[column]]
    if (these === undefined || those === undefined || these.some((value) => those.includes(value))) return false
    if (changes(one, column) || changes(other, column)) return false
    if (bothNew && table.generated.some((name) => name !== column)) return false
    return table.keys.every((key) => key?.includes(column) === true || !bothGive(key))
  })
}

/** Whether rows that are added to a table can never be in each other's way: it has no key, and gives them nothing of its own. */
export function additionsApart(object: string, { links, facts }: LinkIndex): boolean {
  const table = facts.get(object)
  if (table === undefined || table.altered || table.keys.length > 0 || table.generated.length > 0) return false
  return (links.get(object) ?? []).every(({ when, rowwise }) => when !== 'insert' || rowwise === true)
}

/** Whether a statement adds nothing but keys of which the new rows leave a column NULL: no such row is like another. */
export function keysMiss({ effects }: StatementEffects, rows: PickedRows | undefined, { links, facts }: LinkIndex): boolean {
  const keys = effects.filter(({ access, facet }) => access === 'add' && facet === 'uniqueness')
  const adds = effects.filter(({ access, facet, member }) => access === 'add' && facet === 'exist' && member !== undefined)
  if (rows?.sets !== 'all' || keys.length === 0 || !adds.every(({ member }) => keys.some((key) => key.member === member))) return false
  const table = facts.get(rows.object)
  // A trigger may fill the column.
  if (
    table === undefined ||
    table.altered ||
    (links.get(rows.object) ?? []).some(({ when, rowwise }) => when === 'insert' && rowwise !== true)
  )
    return false
  return keys.every(
    ({ object, columns }) =>
      object === rows.object && columns?.some((column) => table.empty.includes(column) && !rows.filled.includes(column)) === true,
  )
}

/** A new row is NULL where the other asks for a value, so it is not found. */
const isEmpty = (added: PickedRows, found: PickedRows, { empty }: TableFacts): boolean =>
  added.sets === 'all' && found.sets !== 'all' && empty.some((column) => found.filled.includes(column) && !added.filled.includes(column))

const changes = ({ sets }: PickedRows, column: string): boolean => sets !== 'all' && sets.includes(column)

/** Without the columns of the key, any value may be one of it. */
const gives = ({ sets }: PickedRows, key: readonly string[] | undefined): boolean =>
  sets === 'all' || (sets.length > 0 && (key === undefined || key.some((column) => sets.includes(column))))
