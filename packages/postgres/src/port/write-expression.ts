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
import { identifier, literal } from '../types/quoted.ts'
import { postgresTypes } from '../types/type-mapping.ts'

type Writer = (...given: readonly string[]) => string
const named =
  (name: string): Writer =>
  (...given) =>
    `${name}(${given.join(', ')})`

const FUNCTIONS: Readonly<Record<PortFunction, Writer | undefined>> = {
  now: () => 'now()',
  today: () => 'CURRENT_DATE',
  time_of_day: () => 'CURRENT_TIME',
  epoch: () => '(EXTRACT(epoch FROM now()))::bigint',
  gen_uuid: () => 'gen_random_uuid()',
  lower: named('lower'),
  upper: named('upper'),
  trim: named('btrim'),
  ltrim: named('ltrim'),
  rtrim: named('rtrim'),
  char_length: named('char_length'),
  octet_length: named('octet_length'),
  replace: named('replace'),
  substr: named('substr'),
  left: named('left'),
  right: named('right'),
  position: named('strpos'),
  // `||` is immutable, concat() is not.
  concat: (...given) => `(${given.join(' || ')})`,
  coalesce: named('COALESCE'),
  nullif: named('NULLIF'),
  abs: named('abs'),
  round: named('round'),
  ceiling: named('ceil'),
  floor: named('floor'),
  greatest: named('GREATEST'),
  least: named('LEAST'),
  md5: named('md5'),
  json_valid: (value) => `(${value ?? ''} IS JSON)`,
  count: (...given) => `count(${given.length === 0 ? '*' : given.join(', ')})`,
  sum: named('sum'),
  avg: named('avg'),
  min: named('min'),
  max: named('max'),
}

const step = (key: string | number): string => (typeof key === 'number' ? String(key) : literal(key))

const printer: ExpressionPrinter = {
  name: identifier,
  text: literal,
  binary: (hex) => `'\\x${hex}'::bytea`,
  boolean: (value) => (value ? 'true' : 'false'),
  call(name, given, distinct) {
    const writer = FUNCTIONS[name]
    return distinct ? writer?.(`DISTINCT ${given.join(', ')}`) : writer?.(...given)
  },
  operation: (operator, left, right) =>
    operator === 'regexp'
      ? `${left} ~ ${right}`
      : `${left} ${operator === 'and' || operator === 'or' ? operator.toUpperCase() : operator} ${right}`,
  distinct: (left, right, not) => `${left} IS ${not ? 'NOT ' : ''}DISTINCT FROM ${right}`,
  like: (value, pattern, insensitive, not) => `${value} ${not ? 'NOT ' : ''}${insensitive ? 'ILIKE' : 'LIKE'} ${pattern}`,
  cast: (value, type) => `(${value})::${postgresTypes.toNative(type).sql}`,
  jsonPart: (value, path, text) =>
    `(${path.reduce<string>((before, key, at) => `${before} ${text && at === path.length - 1 ? '->>' : '->'} ${step(key)}`, `(${value})::jsonb`)})`,
}

export const writeExpression = (expression: Expression): WrittenExpression => printExpression(expression, printer)

export const writeQuery = (query: Query): WrittenExpression => printQuery(query, printer)

/** A generated column and its expression have one type; a text does not turn into a moment by itself, and not always into the same one. */
export function writeGenerated(expression: Expression, type: PortableType): WrittenExpression {
  const written = writeExpression(expression)
  if ('problem' in written) return written
  const isText = expression.kind === 'jsonPart' || expression.kind === 'cast'
  if (isText && /^(?:time|date)/.test(type.name)) return { problem: 'a moment in a text depends on settings of the session' }
  const target = postgresTypes.toNative(type).sql
  if (expression.kind === 'jsonPart' && !expression.text && type.name === 'text') return written
  return { sql: `(${written.sql})::${target}` }
}
