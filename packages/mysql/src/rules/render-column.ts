import type { Fact } from '@yama/schema'
import { literal, quoteName } from '../text/names.ts'
import { needsBrackets } from '../types/plain-default.ts'

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
    // It makes the column NOT NULL where no other word stands behind it.
    payload.identity === undefined ? '' : `AUTO_INCREMENT${payload.notNull ? '' : ' NULL'}`,
    payload.comment === undefined ? '' : `COMMENT ${literal(payload.comment)}`,
    said('STORAGE ', 'storage'),
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

const renderDefault = (expression: string, type: string): string => (needsBrackets(expression, type) ? `(${expression})` : expression)

/** Entities say `now()`; the servers want the precision of the column. */
function timestampCall(text: string, type: string): string {
  if (!/^(?:now\(\)|current_timestamp)$/i.test(text)) return text
  return `CURRENT_TIMESTAMP${/\(\d\)/.exec(type)?.[0] ?? ''}`
}
