import type { RuleContext } from '../contract/schema-dialect.ts'
import type { Fact, FactId } from '../facts/fact.ts'

/** What a `CREATE TABLE` carries. */
export interface InlinedTable {
  readonly columns: readonly Fact<'column'>[]
  /** Those which the dialect inlines, in order of position. */
  readonly constraints: readonly Fact<'constraint'>[]
  /** The table and everything above: the action's `produces`. */
  readonly produces: readonly FactId[]
}

/**
 * Collects what a new table's `CREATE TABLE` states, so that the rules of its columns and constraints are not asked again.
 * `inlines` decides per constraint: on PostgreSQL everything but foreign keys, on SQLite everything.
 *
 * @example
 * const { columns, constraints, produces } = inlineChildren(delta.to, context, (constraint) => constraint.payload.type !== 'foreign')
 */
export function inlineChildren(
  table: Fact<'table'>,
  context: RuleContext,
  inlines: (constraint: Fact<'constraint'>) => boolean,
): InlinedTable {
  const columns = context.children(table.id, 'column', 'after')
  const constraints = context.children(table.id, 'constraint', 'after').filter(inlines)
  return { columns, constraints, produces: [table.id, ...columns.map((fact) => fact.id), ...constraints.map((fact) => fact.id)] }
}
