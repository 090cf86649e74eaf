import type { Fact } from '@yama/schema'
import { literal, quoteName } from '../text/names.ts'
import { significant } from '../text/tokens.ts'

/** `name type …` as CREATE TABLE, ADD COLUMN and MODIFY COLUMN take it. */
export function renderColumn({ name, payload }: Fact<'column'>): string {
  const { options } = payload
  const said = (word: string, option: string): string => (options[option] === undefined ? '' : `${word}${String(options[option])}`)
  const parts = [
    quoteName(name),
    payload.type,
    payload.collation === undefined ? '' : `COLLATE ${payload.collation}`,
    options['compressed'] === true ? 'COMPRESSED' : '',
    payload.generated === undefined
      ? ''
      : `GENERATED ALWAYS AS (${payload.generated.expression}) ${payload.generated.stored ? 'STORED' : 'VIRTUAL'}`,
    said('GENERATED ALWAYS AS ROW ', 'row').toUpperCase(),
    options['invisible'] === true ? 'INVISIBLE' : '',
    nullability(payload),
    said('SRID ', 'srid'),
    payload.default === undefined ? '' : `DEFAULT ${renderDefault(payload.default, payload.type)}`,
    options['onUpdate'] === undefined ? '' : `ON UPDATE ${timestampCall(String(options['onUpdate']), payload.type)}`,
    payload.identity === undefined ? '' : 'AUTO_INCREMENT',
    payload.comment === undefined ? '' : `COMMENT ${literal(payload.comment)}`,
    said('COLUMN_FORMAT ', 'columnFormat'),
    options['withoutVersioning'] === true ? 'WITHOUT SYSTEM VERSIONING' : '',
    options['check'] === undefined ? '' : `CHECK (${String(options['check'])})`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** Without the word NULL a timestamp is NOT NULL where `explicit_defaults_for_timestamp` is off. */
function nullability({ notNull, type, generated, options }: Fact<'column'>['payload']): string {
  if (options['row'] !== undefined) return ''
  if (notNull) return 'NOT NULL'
  return generated === undefined && /^timestamp\b/i.test(type) ? 'NULL' : ''
}

const PLAIN_WORD = /^(?:null|true|false|current_timestamp|current_date|localtime|localtimestamp)$/i

/** A default that both servers take without brackets: a literal, a signed number, the time. MySQL keeps `now()` apart, as an expression. */
function isPlainDefault(expression: string): boolean {
  const tokens = significant(expression)
  const [first, second] = tokens
  if (first === undefined) return false
  // `b'1'`, `x'41'`; `_utf8mb4'a'` comes from an expression and is none without brackets.
  if (tokens.length === 2 && /^[bx]$/i.test(first.text) && second?.kind === 'string' && first.end === second.start) return true
  if (tokens.length === 2 && (first.text === '-' || first.text === '+')) return second?.kind === 'number'
  if (tokens.length === 1) return first.kind !== 'word' || PLAIN_WORD.test(first.text) || /^[bx]'/i.test(first.text)
  return /^(?:current_timestamp|localtime|localtimestamp)$/i.test(first.text) && isCall(tokens.map(({ kind }) => kind))
}

const isCall = (kinds: readonly string[]): boolean =>
  kinds[1] === 'open' && (kinds.length === 3 || (kinds.length === 4 && kinds[2] === 'number')) && kinds.at(-1) === 'close'

/** MySQL takes no literal for a column whose values stand outside the row, but takes it as an expression. */
const OUTSIDE = /^(?:(?:tiny|medium|long)?(?:text|blob)|json|geometry|geom\w*|point|linestring|polygon|multi\w+)\b/i

const renderDefault = (expression: string, type: string): string =>
  isPlainDefault(expression) && !OUTSIDE.test(type) ? expression : `(${expression})`

/** Entities say `now()`; the servers want the precision of the column. */
function timestampCall(text: string, type: string): string {
  if (!/^(?:now\(\)|current_timestamp)$/i.test(text)) return text
  return `CURRENT_TIMESTAMP${/\(\d\)/.exec(type)?.[0] ?? ''}`
}
