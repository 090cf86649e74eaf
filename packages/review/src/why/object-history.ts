import type { Commutativity, Effect, GraphNode, Migration, StatementEffects } from '@yama/core'

/** One statement that touched an object. */
export interface Touch {
  readonly migration: Migration
  readonly statement: string
  /** `creates`, `changes`, `reads`; `may touch` where the statement is not understood. */
  readonly does: 'creates' | 'changes' | 'reads' | 'may touch'
  /** The name that the object had then. */
  readonly name: string
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
  const steps = order.flatMap(({ migration }) =>
    migration.up.flatMap((step) => (step.kind === 'sql' ? [{ migration, text: step.text }] : [])),
  )
  const found = await judge.effectsOf(steps.map(({ text }) => text))
  const tables = new Set(
    found.flatMap(({ effects }) =>
      effects.flatMap(({ object }) => (object.startsWith('relation:') ? [object.slice(9).toLowerCase()] : [])),
    ),
  )
  let names = split(name.toLowerCase(), tables)
  const touches: Touch[] = []
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const { migration, text } = steps[index]!
    const effects = found[index]!
    const does = touch(effects, names)
    if (does !== undefined)
      touches.push({ migration, statement: text, does, name: names.column === undefined ? names.table : `${names.table}.${names.column}` })
    names = before(effects, names)
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

function touch({ effects, unknown }: StatementEffects, { table, column }: Names): Touch['does'] | undefined {
  const own = effects.filter((effect) => isAbout(effect, table, column))
  if (own.some(({ access, facet }) => access === 'add' && facet === 'exist')) return 'creates'
  if (own.some(({ access }) => access !== 'read')) return 'changes'
  if (own.length > 0) return 'reads'
  return unknown === undefined ? undefined : 'may touch'
}

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
