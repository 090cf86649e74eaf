import { parseExpression, parseQuery, type Expression, type ExpressionSyntax, type PortFunction, type Query } from '@yama/schema'
import { expressionTokens } from '@yama/sql'
import { readType } from './read-type.ts'

/** A function of this database → the one that every database has. */
const FUNCTIONS: Readonly<Record<string, PortFunction>> = {
  now: 'now',
  transaction_timestamp: 'now',
  gen_random_uuid: 'gen_uuid',
  uuid_generate_v4: 'gen_uuid',
  lower: 'lower',
  upper: 'upper',
  btrim: 'trim',
  trim: 'trim',
  ltrim: 'ltrim',
  rtrim: 'rtrim',
  length: 'char_length',
  char_length: 'char_length',
  character_length: 'char_length',
  octet_length: 'octet_length',
  replace: 'replace',
  substr: 'substr',
  left: 'left',
  right: 'right',
  strpos: 'position',
  concat: 'concat',
  coalesce: 'coalesce',
  nullif: 'nullif',
  abs: 'abs',
  round: 'round',
  ceil: 'ceiling',
  ceiling: 'ceiling',
  floor: 'floor',
  greatest: 'greatest',
  least: 'least',
  md5: 'md5',
  count: 'count',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
}
const WORDS: Readonly<Record<string, PortFunction>> = {
  current_timestamp: 'now',
  localtimestamp: 'now',
  current_date: 'today',
  current_time: 'time_of_day',
  localtime: 'time_of_day',
}
const REGULAR: Readonly<Record<string, boolean>> = { '~': false, '!~': true }
const LIKE: Readonly<Record<string, readonly [insensitive: boolean, not: boolean]>> = {
  '~~': [false, false],
  '!~~': [false, true],
  '~~*': [true, false],
  '!~~*': [true, true],
}
const call = (name: PortFunction, given: readonly Expression[], distinct = false): Expression => ({
  kind: 'call',
  name,
  arguments: given,
  ...(distinct ? { distinct } : {}),
})

const syntax: ExpressionSyntax = {
  barsAreOr: false,
  likeIgnoresCase: false,
  call(name, given, distinct) {
    const found = FUNCTIONS[name]
    // Leaves nulls out, where `||` and the function of others say null.
    if (found === 'concat')
      return call(
        found,
        given.map((each) => call('coalesce', [each, { kind: 'string', value: '' }])),
      )
    return found === undefined ? undefined : call(found, given, distinct)
  },
  word(name) {
    const found = WORDS[name]
    return found === undefined ? undefined : call(found, [])
  },
  type(sql) {
    const found = readType(sql)
    // `'x'::regclass` and the like say more than a text, and nobody else reckons with `'1 day'::interval`.
    return found.kind === 'portable' && found.loss === undefined && found.type.name !== 'interval' ? found.type : undefined
  },
  operation(operator, left, right) {
    if (operator === '->' || operator === '->>') return part(left, [right], operator === '->>')
    if (operator === '#>' || operator === '#>>') {
      const path = right.kind === 'cast' ? right.value : right
      if (path.kind !== 'string' || !/^\{[\w,]*\}$/.test(path.value)) return undefined
      const steps = path.value.slice(1, -1).split(',')
      return part(
        left,
        steps.map((value) => ({ kind: 'string', value })),
        operator === '#>>',
      )
    }
    const regular = REGULAR[operator]
    if (regular !== undefined) {
      const found: Expression = { kind: 'binaryOperation', operator: 'regexp', left, right }
      return regular ? { kind: 'not', value: found } : found
    }
    const like = LIKE[operator]
    return like === undefined ? undefined : { kind: 'like', value: left, pattern: right, insensitive: like[0], not: like[1] }
  },
}

function part(value: Expression, steps: readonly Expression[], text: boolean): Expression | undefined {
  const path: (string | number)[] = []
  for (const step of steps) {
    const bare = step.kind === 'cast' ? step.value : step
    if (bare.kind === 'string') path.push(bare.value)
    else if (bare.kind === 'number') path.push(Number(bare.text))
    else return undefined
  }
  // One path for `a -> 'b' ->> 'c'`.
  if (value.kind === 'jsonPart' && !value.text) return { ...value, path: [...value.path, ...path], text }
  return { kind: 'jsonPart', value, path, text }
}

/** What a printed or written expression says; undefined where only PostgreSQL knows it. */
export function readExpression(sql: string): Expression | undefined {
  return parseExpression(tokensOf(sql), syntax)
}

/** What a plain SELECT says; undefined for every other one. */
export const readQuery = (sql: string): Query | undefined => parseQuery(tokensOf(sql), syntax)

/** `public.lower(x)` is somebody's own function. */
const tokensOf = (sql: string): ReturnType<typeof expressionTokens> => expressionTokens(sql.replaceAll(/\bpg_catalog\./g, ''), 'postgres')
