import type { ColumnSays } from '@yama/core'
import { UNSETTLED } from '@yama/sql'
import { fieldsOf, kindOf, listOf, nodeOf, stringOf, textOf, type Fields } from './ast.ts'

/** What is written of a column that is created; nothing of a facet that is not plain. */
export function columnSays(definition: Fields): ColumnSays {
  const kinds = new Map(
    listOf(definition['constraints']).map((each) => {
      const fields = nodeOf(each, 'Constraint') ?? {}
      return [textOf(fields['contype']), fields]
    }),
  )
  const type = typeText(definition)
  if (type === undefined || kinds.has('CONSTR_GENERATED') || kinds.has('CONSTR_IDENTITY')) return {}
  const given = kinds.get('CONSTR_DEFAULT')
  const value = given === undefined ? NO_DEFAULT : defaultText(given['raw_expr'])
  return {
    type,
    null: kinds.has('CONSTR_NOTNULL') || kinds.has('CONSTR_PRIMARY') ? 'NOT NULL' : 'NULL',
    default: value,
  }
}

/** A type of the server's own, in its own collation: with a domain or an enum comes more than its name. */
export function typeText(definition: Fields): string | undefined {
  const { names, typmods, arrayBounds } = fieldsOf(definition['typeName'])
  const [schema, name] = listOf(names).map(stringOf)
  const plain = definition['collClause'] === undefined && definition['raw_default'] === undefined && arrayBounds === undefined
  return plain && schema === 'pg_catalog' && name !== undefined ? `${name}${JSON.stringify(typmods ?? [], withoutPlace)}` : undefined
}

const withoutPlace = (key: string, value: unknown): unknown => (key === 'location' ? undefined : value)

const NO_DEFAULT = ''

/** Of one constant; `DEFAULT NULL` is none. Anything else is only ever the same as itself, said at the same time. */
export function defaultText(expression: unknown): string {
  if (expression === undefined) return NO_DEFAULT
  const [kind, fields] = kindOf(expression)
  if (kind !== 'A_Const') return `${UNSETTLED}${JSON.stringify(expression, withoutPlace)}`
  return fields['isnull'] === true ? NO_DEFAULT : JSON.stringify(fields, withoutPlace)
}
