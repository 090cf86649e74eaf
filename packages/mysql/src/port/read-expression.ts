import { parseExpression, parseQuery, type Expression, type ExpressionSyntax, type PortFunction, type Query } from '@yama/schema'
import { expressionTokens } from '@yama/sql'
import { castType } from './read-type.ts'

const FUNCTIONS: Readonly<Record<string, PortFunction>> = {
  now: 'now',
  current_timestamp: 'now',
  localtimestamp: 'now',
  sysdate: 'now',
  utc_timestamp: 'now',
  curdate: 'today',
  current_date: 'today',
  curtime: 'time_of_day',
  current_time: 'time_of_day',
  unix_timestamp: 'epoch',
  uuid: 'gen_uuid',
  lower: 'lower',
  lcase: 'lower',
  upper: 'upper',
  ucase: 'upper',
  trim: 'trim',
  ltrim: 'ltrim',
  rtrim: 'rtrim',
  char_length: 'char_length',
  character_length: 'char_length',
  length: 'octet_length',
  octet_length: 'octet_length',
  replace: 'replace',
  substr: 'substr',
  left: 'left',
  right: 'right',
  substring: 'substr',
  concat: 'concat',
  coalesce: 'coalesce',
  ifnull: 'coalesce',
  nullif: 'nullif',
  abs: 'abs',
  round: 'round',
  ceil: 'ceiling',
  ceiling: 'ceiling',
  floor: 'floor',
  md5: 'md5',
  json_valid: 'json_valid',
  count: 'count',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
}
/** Moments take a precision, which is the column's matter. */
const MOMENTS: ReadonlySet<PortFunction> = new Set(['now', 'today', 'time_of_day'])
const call = (name: PortFunction, given: readonly Expression[] = [], distinct = false): Expression => ({
  kind: 'call',
  name,
  arguments: given,
  ...(distinct ? { distinct } : {}),
})

const syntaxOf = (kind: 'mysql' | 'mariadb'): ExpressionSyntax => ({
  barsAreOr: true,
  likeIgnoresCase: true,
  call(name, given, distinct) {
    const [first, second, third] = given
    if (name === 'if' && first !== undefined && second !== undefined && third !== undefined)
      return { kind: 'case', branches: [{ when: first, value: second }], otherwise: third }
    if (name === 'isnull' && first !== undefined) return { kind: 'is', value: first, what: 'null', not: false }
    if (name === 'regexp_like' && first !== undefined && second !== undefined)
      return { kind: 'binaryOperation', operator: 'regexp', left: first, right: second }
    if ((name === 'instr' || name === 'locate') && first !== undefined && second !== undefined)
      return call('position', name === 'instr' ? [first, second] : [second, first])
    if (name === 'json_extract' || name === 'json_value') return part(first, second, name === 'json_value')
    if (name === 'json_unquote' && first?.kind === 'jsonPart') return { ...first, text: true }
    const found = FUNCTIONS[name]
    if (found === 'epoch' && given.length > 0) return undefined
    return found === undefined ? undefined : call(found, MOMENTS.has(found) ? [] : given, distinct)
  },
  word(name) {
    const found = ['current_timestamp', 'current_date', 'current_time', 'localtimestamp'].includes(name) ? FUNCTIONS[name] : undefined
    return found === undefined ? undefined : call(found)
  },
  type: (sql) => castType(kind, sql),
  operation(operator, left, right) {
    if (operator === '<=>') return { kind: 'distinct', left, right, not: true }
    return operator === '->' || operator === '->>' ? part(left, right, operator === '->>') : undefined
  },
})

function part(value: Expression | undefined, where: Expression | undefined, text: boolean): Expression | undefined {
  if (value === undefined || where?.kind !== 'string' || !where.value.startsWith('$')) return undefined
  const steps = [...where.value.slice(1).matchAll(/\.(\w+)|\."([^"]+)"|\[(\d+)\]/g)]
  if (steps.map(([all]) => all).join('') !== where.value.slice(1) || steps.length === 0) return undefined
  const path = steps.map(([, word, quoted, place]) => (place === undefined ? (word ?? quoted ?? '') : Number(place)))
  return { kind: 'jsonPart', value, path, text }
}

/** What an expression says; undefined where only these servers know it. */
export const readExpression = (kind: 'mysql' | 'mariadb', sql: string): Expression | undefined =>
  parseExpression(expressionTokens(sql, kind), syntaxOf(kind))

/** What a plain SELECT says; undefined for every other one. */
export const readQuery = (kind: 'mysql' | 'mariadb', sql: string): Query | undefined =>
  parseQuery(expressionTokens(sql, kind), syntaxOf(kind))
