import {
  printExpression,
  printQuery,
  type Expression,
  type ExpressionPrinter,
  type PortableType,
  type PortFunction,
  type Query,
  type WrittenExpression,
} from '@yama/schema'
import { quoteLiteral } from '@yama/sql'
import { quoteName } from '../text/names.ts'
import { affinity } from '../types/affinity.ts'
import { defaultToNative } from '../types/defaults.ts'
import { types } from '../types/type-mapping.ts'

type Writer = (...given: readonly string[]) => string
const named =
  (name: string): Writer =>
  (...given) =>
    `${name}(${given.join(', ')})`

const FUNCTIONS: Readonly<Record<PortFunction, Writer | undefined>> = {
  now: () => 'CURRENT_TIMESTAMP',
  today: () => 'CURRENT_DATE',
  time_of_day: () => 'CURRENT_TIME',
  epoch: () => "CAST(strftime('%s', 'now') AS INTEGER)",
  gen_uuid: () => defaultToNative({ function: 'gen_uuid' }, undefined),
  lower: named('lower'),
  upper: named('upper'),
  trim: named('trim'),
  ltrim: named('ltrim'),
  rtrim: named('rtrim'),
  char_length: named('length'),
  octet_length: (value) => `length(CAST(${value ?? ''} AS BLOB))`,
  replace: named('replace'),
  substr: named('substr'),
  left: (value = '', length = '') => `substr(${value}, 1, ${length})`,
  right: (value = '', length = '') => `substr(${value}, -${length})`,
  position: named('instr'),
  concat: (...given) => `(${given.join(' || ')})`,
  coalesce: named('coalesce'),
  nullif: named('nullif'),
  abs: named('abs'),
  round: named('round'),
  ceiling: undefined,
  floor: undefined,
  // With a null among them these say null here and leave it out elsewhere.
  greatest: undefined,
  least: undefined,
  md5: undefined,
  json_valid: named('json_valid'),
  count: (...given) => `count(${given.length === 0 ? '*' : given.join(', ')})`,
  sum: named('sum'),
  avg: named('avg'),
  min: named('min'),
  max: named('max'),
}

const text = (value: string): string => quoteLiteral(value, 'sqlite')
const step = (key: string | number): string => (typeof key === 'number' ? `[${key}]` : /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `."${key}"`)

const printer: ExpressionPrinter = {
  name: quoteName,
  text,
  binary: (hex) => `X'${hex.toUpperCase()}'`,
  boolean: (value) => (value ? 'TRUE' : 'FALSE'),
  call(name, given, distinct) {
    const writer = FUNCTIONS[name]
    return distinct ? writer?.(`DISTINCT ${given.join(', ')}`) : writer?.(...given)
  },
  // The function behind REGEXP is the application's.
  operation: (operator, left, right) =>
    operator === 'regexp' ? undefined : `${left} ${operator === 'and' || operator === 'or' ? operator.toUpperCase() : operator} ${right}`,
  distinct: (left, right, not) => `${left} IS ${not ? '' : 'NOT '}${right}`,
  like(value, pattern, insensitive, not, literal) {
    if (insensitive || (literal !== undefined && literal.toLowerCase() === literal.toUpperCase()))
      return `${value} ${not ? 'NOT ' : ''}LIKE ${pattern}`
    if (literal === undefined || literal.includes('\\')) return undefined
    const glob = literal.replaceAll(/[*?[]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?')
    return `${value} ${not ? 'NOT ' : ''}GLOB ${text(glob)}`
  },
  cast(value, type, inside) {
    // A literal of a type is that literal.
    if (inside.kind === 'string') return value
    const to = affinity(types.toNative(type).sql)
    return type.name === 'boolean' || to === 'NUMERIC' ? value : `CAST(${value} AS ${to})`
  },
  jsonPart: (value, path) => `json_extract(${value}, ${text(`$${path.map(step).join('')}`)})`,
}

export const writeExpression = (expression: Expression): WrittenExpression => printExpression(expression, printer)

export const writeQuery = (query: Query): WrittenExpression => printQuery(query, printer)

/** Any value fits any column. */
export const writeGenerated = (expression: Expression, _type: PortableType): WrittenExpression => writeExpression(expression)
