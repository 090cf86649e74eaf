import type { Commutativity, Effect, GraphNode, Migration, StatementEffects } from '@yama/core'
import { graphEffects, type FollowedStatement } from '@yama/sql'

/** One statement that touched an object. */
export interface Touch {
  readonly migration: Migration
  readonly statement: string
  /** `creates`, `changes`, `reads`; `may touch` where the statement is not understood. */
  readonly does: 'creates' | 'changes' | 'reads' | 'may touch'
  /** The name that the object had then; of the table, where it is made without the column. */
  readonly name: string
  /** It is set off by the statement: by a routine, a trigger or a key. */
  readonly indirect?: true
}

interface Names {
  readonly table: string
  readonly column: string | undefined
}

/**
 * Every statement of a graph that touched a table or one of its columns, in order; renames are followed back. `name` is
 * `table`, `schema.table`, `table.column` or `schema.table.column`, without regard to case.
 */
export async function objectHistory(order: readonly GraphNode[], name: string, judge: Commutativity): Promise<readonly Touch[]> {
  const judged = await graphEffects(
    order.map(({ migration }) => migration),
    judge,
  )
  const steps = judged.flatMap(({ migration, statements }) => statements.map((statement) => ({ migration, ...statement })))
  const tables = new Set(
    steps.flatMap(({ found: { effects } }) =>
      effects.flatMap(({ object }) => (object.startsWith('relation:') ? [object.slice(9).toLowerCase()] : [])),
    ),
  )
  let names = split(name.toLowerCase(), tables)
  const touches: Touch[] = []
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const { migration, text, found } = steps[index]!
    const seen = touch(found, names)
    if (seen !== undefined) touches.push({ migration, statement: text, ...seen })
    names = before(found, names)
  }
  return touches.reverse()
}

/** `a.b` is a column of a table, or a table in a schema: whichever there is. */
function split(name: string, tables: ReadonlySet<string>): Names {
  const parts = name.split('.')
  const [last = '', previous, earlier] = [parts.at(-1), parts.at(-2), parts.at(-3)]
  if (earlier !== undefined && previous !== undefined) return { table: previous, column: last }
  if (previous !== undefined && tables.has(previous)) return { table: previous, column: last }
  return { table: last, column: undefined }
}

function touch(
  { effects, derived, unknown, tables = [] }: FollowedStatement['found'],
  names: Names,
): Omit<Touch, 'migration' | 'statement'> | undefined {
  const { table, column } = names
  const about = effects.filter((effect) => isAbout(effect, table, column))
  const own = about.filter((effect) => !derived.has(effect))
  const name = column === undefined ? table : `${table}.${column}`
  const makes = own.filter((effect) => isMade(effect) && (column !== undefined || effect.member === undefined))
  if (makes.length > 0) {
    const said = tables.find(({ object }) => object.toLowerCase() === `relation:${table}`)
    const isWithout =
      makes.every(({ member }) => member === undefined) && said?.columns.every((each) => each.toLowerCase() !== column) === true
    return { does: 'creates', name: isWithout ? table : name }
  }
  if (own.some(isChange)) return { does: 'changes', name }
  if (about.some(isChange)) return { does: 'changes', name, indirect: true }
  if (own.length > 0) return { does: 'reads', name }
  return unknown === undefined ? undefined : { does: 'may touch', name }
}

const isMade = ({ access, facet }: Effect): boolean => access === 'add' && facet === 'exist'
const isChange = ({ access }: Effect): boolean => access !== 'read'

function isAbout({ object, member, access, facet }: Effect, table: string, column: string | undefined): boolean {
  if (object.toLowerCase() !== `relation:${table}`) return false
  if (column === undefined) return member === undefined || access !== 'read'
  if (member?.toLowerCase() === `column:${column}`) return true
  // Whatever makes or drops the table makes or drops its columns.
  return member === undefined && access !== 'read' && (facet === 'exist' || facet === 'name' || facet === 'shape')
}

/** The names before a statement that renamed. */
function before({ effects }: StatementEffects, { table, column }: Names): Names {
  const gone = effects.filter(({ access, facet }) => access === 'write' && (facet === 'exist' || facet === 'name'))
  const come = effects.filter(({ access, facet }) => access === 'add' && facet === 'exist')
  if (gone.length !== 1 || come.length !== 1) return { table, column }
  const [old, now] = [gone[0]!, come[0]!]
  if (
    now.member === undefined &&
    old.member === undefined &&
    now.object.toLowerCase() === `relation:${table}` &&
    old.object.startsWith('relation:')
  )
    return { table: old.object.slice('relation:'.length).toLowerCase(), column }
  const isColumn =
    column !== undefined && now.object.toLowerCase() === `relation:${table}` && now.member?.toLowerCase() === `column:${column}`
  if (isColumn && old.object === now.object && old.member?.startsWith('column:') === true)
    return { table, column: old.member.slice(7).toLowerCase() }
  return { table, column }
}
