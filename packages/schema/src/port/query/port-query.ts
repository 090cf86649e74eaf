import type { Expression } from '../../contract/expression.ts'
import type { PortableType } from '../../contract/type-mapping.ts'
import type { Query, QueryItem, QuerySource } from '../../contract/query.ts'
import { mapExpression } from '../expression/map-expression.ts'
import { productOf, type PortContext } from '../port-context.ts'
import { asCondition, settleExpression } from '../port-expression.ts'
import { queryDoubt } from './query-doubt.ts'
import { typeOfExpression } from './expression-class.ts'
import { queryColumns, type PortedSource, type QueryColumn } from './query-columns.ts'

/** What a source of the query is on the target. */
export type FindSource = (
  source: QuerySource,
) => { readonly schema: string; readonly name: string; readonly columns: readonly QueryColumn[] } | undefined

export type PortedQuery = { readonly sql: string; readonly columns: readonly QueryColumn[] } | { readonly problem: string }

/** A plain SELECT in the words of the target, where both databases certainly answer it alike; or why not. */
export function portQuery(context: PortContext, sql: string, find: FindSource): PortedQuery {
  const { from, to } = context
  const query = from.port.readQuery(sql)
  if (query === undefined) return { problem: `it is no plain SELECT, or says what is ${productOf(from)}’s own` }
  const found = query.sources.map((source) => ({ source, target: find(source) }))
  const missing = found.find(({ target }) => target === undefined)
  if (missing !== undefined) return { problem: `it reads ${missing.source.name}, which is not there` }
  const sources = found.map(({ source, target }) => ({ called: source.alias ?? source.name, columns: target?.columns ?? [] }))
  const columnOf = queryColumns(context, sources)
  const typeOf = (column: Expression): PortableType | undefined => columnOf(column, 'name')?.type
  let problem: string | undefined
  const settle = (expression: Expression): Expression => {
    const settled = settleExpression(context, expression, (column) => columnOf(column, 'before'))
    if ('expression' in settled) return mapExpression(settled.expression, (part) => truthful(part, typeOf))
    problem ??= settled.problem
    return expression
  }
  const condition = (expression: Expression): Expression => asCondition(settle(expression), typeOf)
  const item = (each: QueryItem): QueryItem => {
    if (each.kind === 'all') return each
    const value = settle(each.value)
    // What the column is called in the view stays, whatever it is called in the table.
    const renamed = each.value.kind === 'column' && value.kind === 'column' && value.name !== each.value.name
    return { ...each, value, ...(each.name === undefined && renamed && each.value.kind === 'column' ? { name: each.value.name } : {}) }
  }
  const ported: Query = {
    distinct: query.distinct,
    items: query.items.map(item),
    sources: found.map(({ source, target }) => sourceOf(source, target, condition, to.defaultSchema !== '')),
    groupBy: query.groupBy.map(settle),
    orderBy: query.orderBy.map(({ value, descending }) => ({ descending, value: settle(listed(value, query, columnOf) ?? value) })),
    ...(query.where === undefined ? {} : { where: condition(query.where) }),
    ...(query.having === undefined ? {} : { having: condition(query.having) }),
  }
  problem ??= queryDoubt(ported, {
    typeOf,
    nullsDiffer: (from.kind === 'postgres') !== (to.kind === 'postgres'),
    isNeverNull: (column) => columnOf(column, 'name')?.notNull === true,
  })
  if (problem !== undefined) return { problem }
  const written = to.port.writeQuery(ported)
  return 'problem' in written ? written : { sql: written.sql, columns: ported.items.flatMap((each) => given(each, sources, typeOf)) }
}

/** What the query gives, as others can read it; where it outer joins, anything may be null. */
function given(
  item: QueryItem,
  sources: readonly PortedSource[],
  typeOf: (column: Expression) => PortableType | undefined,
): readonly QueryColumn[] {
  if (item.kind === 'all')
    return sources
      .filter(({ called }) => item.table === undefined || called === item.table)
      .flatMap(({ columns }) => columns.map((column) => ({ ...column, before: column.name, notNull: false })))
  const name = item.name ?? (item.value.kind === 'column' ? item.value.name : '')
  return [{ before: name, name, type: typeOfExpression(item.value, typeOf), notNull: false }]
}

/** What an order calls by its name in the list. */
function listed(value: Expression, { items }: Query, columnOf: ReturnType<typeof queryColumns>): Expression | undefined {
  if (value.kind !== 'column' || value.table !== undefined || columnOf(value, 'before') !== undefined) return undefined
  const found = items.find((item) => item.kind === 'value' && item.name === value.name)
  return found?.kind === 'value' ? found.value : undefined
}

/** A number that stands where a truth is asked for, inside an expression. */
function truthful(part: Expression, typeOf: (column: Expression) => PortableType | undefined): Expression {
  if (part.kind === 'not' || part.kind === 'binaryOperation') return asCondition(part, typeOf)
  if (part.kind !== 'case' || part.operand !== undefined) return part
  return { ...part, branches: part.branches.map(({ when, value }) => ({ when: asCondition(when, typeOf), value })) }
}

function sourceOf(
  { alias, name: before, join, on }: QuerySource,
  target: ReturnType<FindSource>,
  condition: (expression: Expression) => Expression,
  hasSchemas: boolean,
): QuerySource {
  const name = target?.name ?? before
  const called = alias ?? (name === before ? undefined : before)
  return {
    join,
    name,
    ...(hasSchemas && target !== undefined ? { schema: target.schema } : {}),
    ...(called === undefined ? {} : { alias: called }),
    ...(on === undefined ? {} : { on: condition(on) }),
  }
}
