import type { Expression } from '../contract/expression.ts'
import { columnsOf, mapExpression } from './expression/map-expression.ts'
import { columnOf, productOf, type ColumnDraft, type PortContext, type TableDraft } from './port-context.ts'
import { readPortable } from './port-expression.ts'
import { SQL_ANSWER, sqlAnswer } from './port-finding.ts'

/** The expression of a generated column in the words of the target, or a plain column. */
export function portGenerated(context: PortContext, table: TableDraft, column: ColumnDraft): void {
  const { generated } = column.fact.payload
  if (generated === undefined) return
  const { to, inquiry } = context
  const read = readPortable(context, generated.expression, table)
  const written =
    'problem' in read
      ? read
      : namesItself(context, table, column, read.expression)
        ? { problem: 'it refers to a column that is generated too, which the target may not take' }
        : to.port.writeGenerated(trimmed(context, table, read.expression), column.type ?? { name: 'text', parameters: [], array: 0 })
  // PostgreSQL has virtual columns since version 18 alone.
  const stored = generated.stored || to.kind === 'postgres'
  if ('sql' in written) {
    column.generated = { expression: written.sql, stored }
    if (stored !== generated.stored) inquiry.tell('generated', column.fact, 'the generated column is stored')
    return askNotNull(context, column)
  }
  if (context.sameWords) {
    column.generated = generated
    return askNotNull(context, column)
  }
  const answer = inquiry.ask(column.fact, {
    rule: 'generated',
    outcome: 'refused',
    message: `the column is no longer generated: ${generated.expression}`,
    loss: `${written.problem}; whoever writes rows has to give its value`,
    answers: ['plain column', SQL_ANSWER],
  })
  const sql = sqlAnswer(answer)
  if (sql !== undefined) column.generated = { expression: sql, stored }
  else column.notNull = false
}

/** PostgreSQL takes no generated column inside another one. */
function namesItself(context: PortContext, table: TableDraft, own: ColumnDraft, expression: Expression): boolean {
  if (context.to.kind !== 'postgres') return false
  return columnsOf(expression).some((name) => {
    const column = columnOf(context, table, name)
    return column !== undefined && (column === own || column.fact.payload.generated !== undefined)
  })
}

function askNotNull({ to, inquiry }: PortContext, column: ColumnDraft): void {
  if (!column.notNull || to.port.features.generatedNotNull) return
  inquiry.ask(column.fact, {
    rule: 'generated',
    outcome: 'lossy',
    message: 'the generated column may be null',
    loss: `${productOf(to)} takes no NOT NULL for a generated column`,
    group: 'generated not null',
    answers: ['nullable'],
  })
  column.notNull = false
}

function trimmed({ to }: PortContext, table: TableDraft, expression: Expression): Expression {
  if (!to.port.features.trimsGeneratedChars) return expression
  const isChar = (name: string): boolean => /^char\(/i.test(table.columns.find((column) => column.name === name)?.sql ?? '')
  return mapExpression(expression, (part) =>
    part.kind === 'column' && isChar(part.name) ? { kind: 'call', name: 'rtrim', arguments: [part] } : part,
  )
}
