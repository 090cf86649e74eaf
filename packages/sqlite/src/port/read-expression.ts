import { parseExpression, parseQuery, type Expression, type ExpressionSyntax, type PortFunction, type Query } from '@yama/schema'
import { expressionTokens } from '@yama/sql'
import { canonicalText } from '../text/canonical.ts'
import { defaultToNative } from '../types/defaults.ts'
import { castType } from './read-type.ts'

const FUNCTIONS: Readonly<Record<string, PortFunction>> = {
  lower: 'lower',
  upper: 'upper',
  trim: 'trim',
  ltrim: 'ltrim',
  rtrim: 'rtrim',
  length: 'char_length',
  octet_length: 'octet_length',
  replace: 'replace',
  substr: 'substr',
  substring: 'substr',
  instr: 'position',
  concat: 'concat',
  coalesce: 'coalesce',
  ifnull: 'coalesce',
  nullif: 'nullif',
  abs: 'abs',
  round: 'round',
  ceil: 'ceiling',
  ceiling: 'ceiling',
  floor: 'floor',
  json_valid: 'json_valid',
  count: 'count',
  sum: 'sum',
  avg: 'avg',
}
const WORDS: Readonly<Record<string, PortFunction>> = { current_timestamp: 'now', current_date: 'today', current_time: 'time_of_day' }
const call = (name: PortFunction, given: readonly Expression[] = [], distinct = false): Expression => ({
  kind: 'call',
  name,
  arguments: given,
  ...(distinct ? { distinct } : {}),
})

/** `min(a)` of rows, `min(a, b)` of values. */
const EXTREMES: Readonly<Record<string, readonly [one: PortFunction, several: PortFunction]>> = {
  min: ['min', 'least'],
  max: ['max', 'greatest'],
}
const isText = (each: Expression | undefined, value: string): boolean => each?.kind === 'string' && each.value.toLowerCase() === value

/** The many ways in which SQLite says "now". */
function moment(name: string, given: readonly Expression[]): Expression | undefined {
  const [first, second] = given
  if (name === 'unixepoch' && (given.length === 0 || isText(first, 'now'))) return call('epoch')
  if (name === 'datetime' && (given.length === 0 || (given.length === 1 && isText(first, 'now')))) return call('now')
  if (name === 'date' && (given.length === 0 || (given.length === 1 && isText(first, 'now')))) return call('today')
  if (name !== 'strftime' || !isText(second, 'now') || given.length !== 2 || first?.kind !== 'string') return undefined
  if (first.value === '%s') return call('epoch')
  return /^%Y-%m-%d[ T]%H:%M:%[SfS]/.test(first.value) ? call('now') : undefined
}

const syntax: ExpressionSyntax = {
  barsAreOr: false,
  likeIgnoresCase: true,
  call(name, given, distinct) {
    const extremes = EXTREMES[name]
    if (extremes !== undefined) return call(given.length === 1 ? extremes[0] : extremes[1], given, distinct)
    if (name === 'json_extract' && given.length === 2) return part(given[0], given[1])
    if (name === 'iif' && given.length === 3 && given[0] !== undefined && given[1] !== undefined && given[2] !== undefined)
      return { kind: 'case', branches: [{ when: given[0], value: given[1] }], otherwise: given[2] }
    const found = FUNCTIONS[name]
    return found === undefined ? moment(name, given) : call(found, given, distinct)
  },
  word(name) {
    const found = WORDS[name]
    return found === undefined ? undefined : call(found)
  },
  type: castType,
  operation: (operator, left, right) => (operator === '->>' ? part(left, right) : undefined),
}

/** `$.a.b[0]`, or a key or place alone. What comes out is the value itself. */
function part(value: Expression | undefined, where: Expression | undefined): Expression | undefined {
  if (value === undefined) return undefined
  // A cast to text in front of it changes nothing that JSON says.
  const source = value.kind === 'cast' && value.type.name === 'text' ? value.value : value
  if (where?.kind === 'number') return { kind: 'jsonPart', value: source, path: [Number(where.text)], text: true }
  if (where?.kind !== 'string') return undefined
  if (!where.value.startsWith('$')) return { kind: 'jsonPart', value: source, path: [where.value], text: true }
  const steps = [...where.value.slice(1).matchAll(/\.(\w+)|\."([^"]+)"|\[(\d+)\]/g)]
  if (steps.map(([all]) => all).join('') !== where.value.slice(1) || steps.length === 0) return undefined
  const path = steps.map(([, word, quoted, place]) => (place === undefined ? (word ?? quoted ?? '') : Number(place)))
  return { kind: 'jsonPart', value: source, path, text: true }
}

const NO_NAMES = new Map<string, string>()
const UUID = canonicalText(defaultToNative({ function: 'gen_uuid' }, undefined), NO_NAMES)

/** What an expression says; undefined where only SQLite knows it. */
export function readExpression(sql: string): Expression | undefined {
  if (canonicalText(sql, NO_NAMES) === UUID) return call('gen_uuid')
  return parseExpression(expressionTokens(sql, 'sqlite'), syntax)
}

/** What a plain SELECT says; undefined for every other one. */
export const readQuery = (sql: string): Query | undefined => parseQuery(expressionTokens(sql, 'sqlite'), syntax)
