import { quoteIdentifier } from '@yama/sql'
import { isReserved } from './names.ts'
import { significant } from './tokens.ts'

/** What stands in a CREATE TABLE without quotes: words, and one or two signed numbers in brackets. */
const PLAIN =
  /^[\p{L}_][\p{L}\p{N}_$]*(?: [\p{L}_][\p{L}\p{N}_$]*)*(?: ?\( ?[+-]? ?\.?\d[\p{L}\d_.]*(?: ?, ?[+-]? ?\.?\d[\p{L}\d_.]*)? ?\))?$/u

const WORDS = /[\p{L}_][\p{L}\p{N}_$]*/gu

/** A type in a CREATE TABLE: any text may be one, in quotes where it would not be read so. */
export const renderType = (type: string): string =>
  type === '' || (PLAIN.test(type) && !(type.match(WORDS) ?? []).some(isReserved)) ? type : quoteIdentifier(type, 'sqlite')

/** A declared type: SQLite compares it without case, and so does the model. `varchar ( 20 )` → `VARCHAR(20)`. */
export function canonicalType(declared: string): string {
  if (declared !== '' && !PLAIN.test(declared.trim().replaceAll(/\s+/g, ' '))) return declared
  let text = ''
  let glue = true
  for (const token of significant(declared)) {
    const joined = glue || token.kind === 'open' || token.kind === 'close' || token.text === ','
    text += `${joined ? '' : ' '}${token.kind === 'word' ? token.text.toUpperCase() : token.text}`
    glue = token.kind === 'open' || token.text === '-' || token.text === '+'
  }
  return text
}
