import type { PickedRows } from '@yama/core'
import type { ObjectName } from '@yama/sql'
import { fieldsOf, kindOf, listOf, nodeOf, stringOf, textOf, type Fields } from './ast.ts'

/** A number that every column of numbers holds as it is. */
const LARGEST = 999_999_999

/** The rows of `INSERT … (id, …) VALUES (1, …)`, where every value is written out. */
export function insertedRows(table: ObjectName, columns: readonly string[], fields: Fields): PickedRows | undefined {
  const rows = listOf(fieldsOf(nodeOf(fields['selectStmt'], 'SelectStmt'))['valuesLists']).map((row) =>
    listOf(nodeOf(row, 'List')?.['items']),
  )
  const plain =
    fields['onConflictClause'] === undefined && fields['override'] !== 'OVERRIDING_USER_VALUE' && fields['withClause'] === undefined
  if (!plain || rows.length === 0 || columns.length === 0) return undefined
  if (!rows.every((row) => row.length === columns.length && row.every(isConstant))) return undefined
  const numbers: Record<string, readonly string[]> = {}
  for (const [at, column] of columns.entries()) {
    const values = rows.map((row) => numberOf(row[at]))
    if (values.every((value) => value !== undefined)) numbers[column] = values
  }
  return { object: `relation:${table.name}`, numbers, filled: columns, sets: 'all' }
}

const isConstant = (node: unknown): boolean => {
  const [kind, fields] = kindOf(node)
  return kind === 'A_Const' || (kind === 'TypeCast' && kindOf(fields['arg'])[0] === 'A_Const')
}

function numberOf(node: unknown): string | undefined {
  const constant = nodeOf(node, 'A_Const')?.['ival']
  const value = Number(fieldsOf(constant)['ival'] ?? 0)
  return constant !== undefined && Number.isInteger(value) && value > 0 && value <= LARGEST ? String(value) : undefined
}

/** The rows that `WHERE id = 1 AND …` finds. */
export function foundRows(table: ObjectName, sets: readonly string[], where: unknown): PickedRows {
  const numbers: Record<string, readonly string[]> = {}
  const filled: string[] = []
  for (const condition of conditionsOf(where)) {
    const [kind, fields] = kindOf(condition)
    const operator = listOf(fields['name']).map(stringOf).join('.')
    const column = columnOf(fields['lexpr'], table)
    if (column !== undefined && fields['kind'] === 'AEXPR_OP' && COMPARES.has(operator) && isConstant(fields['rexpr'])) filled.push(column)
    if (kind !== 'A_Expr' || operator !== '=' || column === undefined) continue
    const isList = fields['kind'] === 'AEXPR_IN'
    if (!isList && fields['kind'] !== 'AEXPR_OP') continue
    const values = (isList ? listOf(nodeOf(fields['rexpr'], 'List')?.['items']) : [fields['rexpr']]).map(numberOf)
    if (values.length > 0 && values.every((value) => value !== undefined)) numbers[column] = values
  }
  return { object: `relation:${table.name}`, numbers, filled, sets }
}

const COMPARES = new Set(['=', '<', '>', '<=', '>=', '<>'])

const conditionsOf = (where: unknown): readonly unknown[] => {
  const joined = nodeOf(where, 'BoolExpr')
  return joined !== undefined && textOf(joined['boolop']) === 'AND_EXPR' ? listOf(joined['args']) : [where]
}

function columnOf(node: unknown, { name }: ObjectName): string | undefined {
  const parts = listOf(nodeOf(node, 'ColumnRef')?.['fields']).map(stringOf)
  return parts.length === 1 || (parts.length === 2 && parts[0] === name) ? parts.at(-1) : undefined
}
