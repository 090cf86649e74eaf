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
import { literal, quoteName } from '../text/names.ts'

type Writer = (...given: readonly string[]) => string
const named =
  (name: string): Writer =>
  (...given) =>
    `${name}(${given.join(', ')})`

const FUNCTIONS: Readonly<Record<PortFunction, Writer | undefined>> = {
  now: () => 'CURRENT_TIMESTAMP(6)',
  today: () => 'curdate()',
  time_of_day: () => 'curtime(6)',
  epoch: () => 'unix_timestamp()',
  gen_uuid: () => 'uuid()',
  lower: named('lower'),
  upper: named('upper'),
  trim: named('trim'),
  ltrim: named('ltrim'),
  rtrim: named('rtrim'),
  char_length: named('char_length'),
  octet_length: named('octet_length'),
  replace: named('replace'),
  substr: named('substr'),
  left: named('left'),
  right: named('right'),
  position: named('instr'),
  concat: named('concat'),
  coalesce: named('coalesce'),
  nullif: named('nullif'),
  abs: named('abs'),
  round: named('round'),
  ceiling: named('ceiling'),
  floor: named('floor'),
  // With a null among them these say null here and leave it out on PostgreSQL.
  greatest: undefined,
  least: undefined,
  md5: named('md5'),
  json_valid: named('json_valid'),
  count: (...given) => `count(${given.length === 0 ? '*' : given.join(', ')})`,
  sum: named('sum'),
  avg: named('avg'),
  min: named('min'),
  max: named('max'),
}

/** What CAST takes here, which is less than what columns have. */
function castWord({ name, parameters }: PortableType): string | undefined {
  if (name === 'smallint' || name === 'int' || name === 'bigint') return 'signed'
  if (name === 'decimal') return parameters.length === 0 ? 'decimal(65,30)' : `decimal(${parameters.join(',')})`
  if (name === 'double') return 'double'
  if (name === 'float') return 'float'
  if (name === 'date') return 'date'
  if (name === 'timestamp' || name === 'timestamplocal') return 'datetime(6)'
  if (name === 'string' || name === 'char') return parameters[0] === undefined ? 'char' : `char(${parameters[0]})`
  return name === 'text' || name === 'citext' || name === 'uuid' ? 'char' : undefined
}

const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:Z|[+-]00(?::?00)?)?$/
const step = (key: string | number): string => (typeof key === 'number' ? `[${key}]` : /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `."${key}"`)

const printerOf = (kind: 'mysql' | 'mariadb'): ExpressionPrinter => ({
  name: quoteName,
  text: literal,
  binary: (hex) => `X'${hex.toUpperCase()}'`,
  boolean: (value) => (value ? 'true' : 'false'),
  call(name, given, distinct) {
    const writer = FUNCTIONS[name]
    return distinct ? writer?.(`DISTINCT ${given.join(', ')}`) : writer?.(...given)
  },
  operation(operator, left, right) {
    if (operator === '/') return undefined
    if (operator === 'regexp') return kind === 'mysql' ? `regexp_like(${left}, ${right}, 'c')` : `${left} REGEXP ${right}`
    return `${left} ${operator === 'and' || operator === 'or' ? operator.toUpperCase() : operator} ${right}`
  },
  distinct: (left, right, not) => (not ? `${left} <=> ${right}` : `NOT (${left} <=> ${right})`),
  like: (value, pattern, insensitive, not) =>
    insensitive ? `lower(${value}) ${not ? 'NOT ' : ''}LIKE lower(${pattern})` : `${value} ${not ? 'NOT ' : ''}LIKE ${pattern}`,
  cast(value, type, inside) {
    if (inside.kind === 'string') {
      const moment = MOMENT.exec(inside.value)
      if (moment !== null && type.name.startsWith('timestamp'))
        return `cast(${literal(`${moment[1] ?? ''} ${moment[2] ?? ''}`)} as datetime(6))`
      return value
    }
    // JSON's own true is no 1.
    if (type.name === 'boolean') return inside.kind === 'jsonPart' ? `(json_unquote(${value}) = 'true')` : undefined
    const word = castWord(type)
    if (word === undefined) return undefined
    return inside.kind === 'jsonPart' && !inside.text ? `cast(json_unquote(${value}) as ${word})` : `cast(${value} as ${word})`
  },
  jsonPart(value, path, text) {
    const found = `json_extract(${value}, ${literal(`$${path.map(step).join('')}`)})`
    return text ? `json_unquote(${found})` : found
  },
})

export const writeExpression = (kind: 'mysql' | 'mariadb', expression: Expression): WrittenExpression =>
  printExpression(expression, printerOf(kind))

export const writeQuery = (kind: 'mysql' | 'mariadb', query: Query): WrittenExpression => printQuery(query, printerOf(kind))

/** The functional key of an index: MySQL takes none over a long text, and MariaDB none at all. */
export function writeKey(kind: 'mysql' | 'mariadb', expression: Expression, overText: boolean): WrittenExpression {
  if (kind === 'mariadb') return { problem: 'there are no indexes over expressions' }
  const written = writeExpression(kind, expression)
  if ('problem' in written) return written
  const isText = overText || expression.kind === 'jsonPart'
  return isText ? { sql: `cast(${written.sql} as char(255))`, loss: 'only the first 255 characters count' } : written
}

export function writeGenerated(kind: 'mysql' | 'mariadb', expression: Expression, type: PortableType): WrittenExpression {
  const whole: Expression =
    type.name === 'boolean' && expression.kind === 'jsonPart' ? { kind: 'cast', value: expression, type } : expression
  return writeExpression(kind, whole)
}
