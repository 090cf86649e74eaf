import type { Fact, FactId, RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { inheritedColumn } from './column-state.ts'
import { tableOf } from './names.ts'

type Column = Fact<'column'>

/** The columns with values of a type, of its arrays, or in its collation, which stay or are carried over to a table that is made anew. */
export function holdersOf(id: FactId, context: RuleContext): readonly Column[] {
  return context.dependents(id, 'before').flatMap((dependent) => {
    const fact = context.before.facts.get(dependent)
    if (fact?.kind !== 'column' || fact.payload.generated !== undefined) return []
    return context.isDropped(dependent) && !context.isReplaced(dependent) ? [] : [fact]
  })
}

/** Those that no parent's takes along. */
export const columnsOfType = (id: FactId, context: RuleContext): readonly Column[] =>
  holdersOf(id, context).filter((column) => inheritedColumn(column, context.before) === undefined)

/** The default of a column that keeps its type. One that gets another type afterwards has none until then: the old one may not fit what the type is by now. */
function keptDefault(column: Column, type: string, context: RuleContext): string | undefined {
  const after = context.after.facts.get(column.id)
  return after?.kind === 'column' && after.payload.type === type ? after.payload.default : undefined
}

export interface Conversion {
  readonly column: Column
  readonly sql: string
}

/**
 * The statements that convert every column of a type; `conversion` is what stands behind `ALTER COLUMN … TYPE`. Children have the parent's default
 * afterwards, whatever theirs was.
 */
export function conversions(
  id: FactId,
  context: RuleContext,
  conversion: (column: Column) => string,
  types: Readonly<Record<string, string>> = {},
): readonly Conversion[] {
  const all = holdersOf(id, context)
  const typeOf = ({ payload }: Column): string => types[payload.type] ?? payload.type
  const alter = (column: Column, clauses: readonly string[]): Conversion => ({
    column,
    sql: `ALTER TABLE ${tableOf(column)} ${clauses.map((clause) => `ALTER COLUMN ${identifier(column.name)} ${clause}`).join(', ')}`,
  })
  const given = all.flatMap((column) => {
    const above = inheritedColumn(column, context.before)
    return above === undefined || above.payload.default === column.payload.default ? [] : [column]
  })
  return [
    ...given.filter(({ payload }) => payload.default !== undefined).map((column) => alter(column, ['DROP DEFAULT'])),
    ...columnsOfType(id, context).map((column) => {
      const type = typeOf(column)
      const kept = keptDefault(column, type, context)
      return alter(column, [
        ...(column.payload.default === undefined ? [] : ['DROP DEFAULT']),
        `TYPE ${type}${conversion(column)}`,
        ...(kept === undefined ? [] : [`SET DEFAULT ${kept}`]),
      ])
    }),
    ...given.map((column) => {
      const kept = keptDefault(column, typeOf(column), context)
      return alter(column, [kept === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${kept}`])
    }),
  ]
}
