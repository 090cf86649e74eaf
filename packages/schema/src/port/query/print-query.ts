import type { Expression } from '../../contract/expression.ts'
import type { WrittenExpression } from '../../contract/port-dialect.ts'
import type { Query, QueryItem, QuerySource } from '../../contract/query.ts'
import { printExpression, type ExpressionPrinter } from '../expression/print-expression.ts'

const JOINS = { first: '', cross: ' CROSS JOIN ', inner: ' JOIN ', left: ' LEFT JOIN ' } as const satisfies Record<
  QuerySource['join'],
  string
>

/** The query in the words of a database, or the first thing that it has no words for. */
export function printQuery(query: Query, printer: ExpressionPrinter): WrittenExpression {
  const problems: string[] = []
  const said = (expression: Expression): string => {
    const written = printExpression(expression, printer)
    if ('sql' in written) return written.sql
    problems.push(written.problem)
    return ''
  }
  const list = (expressions: readonly Expression[]): string => expressions.map(said).join(', ')
  const sql = [
    `SELECT ${query.distinct ? 'DISTINCT ' : ''}${query.items.map((item) => printItem(item, said, printer)).join(', ')}`,
    ` FROM ${query.sources.map((source) => printSource(source, said, printer)).join('')}`,
    query.where === undefined ? '' : ` WHERE ${said(query.where)}`,
    query.groupBy.length === 0 ? '' : ` GROUP BY ${list(query.groupBy)}`,
    query.having === undefined ? '' : ` HAVING ${said(query.having)}`,
    query.orderBy.length === 0
      ? ''
      : ` ORDER BY ${query.orderBy.map(({ value, descending }) => `${said(value)}${descending ? ' DESC' : ''}`).join(', ')}`,
  ].join('')
  const [problem] = problems
  return problem === undefined ? { sql } : { problem }
}

function printItem(item: QueryItem, said: (expression: Expression) => string, { name }: ExpressionPrinter): string {
  if (item.kind === 'all') return item.table === undefined ? '*' : `${name(item.table)}.*`
  return item.name === undefined ? said(item.value) : `${said(item.value)} AS ${name(item.name)}`
}

function printSource(
  { schema, name, alias, join, on }: QuerySource,
  said: (expression: Expression) => string,
  printer: ExpressionPrinter,
): string {
  const table = schema === undefined ? printer.name(name) : `${printer.name(schema)}.${printer.name(name)}`
  return `${JOINS[join]}${table}${alias === undefined ? '' : ` AS ${printer.name(alias)}`}${on === undefined ? '' : ` ON ${said(on)}`}`
}
