import type { Token } from '@yama/sql'
import { KEYWORDS } from './keywords.ts'
import { isReserved, quoteName } from './names.ts'
import { closing, nameOf, significant } from './tokens.ts'

/** Names which a quoted word may stand for: lower case → as declared. */
export type KnownNames = ReadonlyMap<string, string>

const CALLED_KEYWORDS: ReadonlySet<string> = new Set(['CAST', 'REPLACE', 'RAISE', 'IF', 'GLOB', 'LIKE'])
/** Start a line of a view's text at the outermost level. */
const CLAUSES: ReadonlySet<string> = new Set([
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  'WINDOW',
])

/**
 * One text for everything that SQLite reads alike: comments gone, one spacing, keywords in upper case, quotes around known
 * names only where needed. SQLite keeps the text as written and rewrites names with quotes when something is renamed, so two
 * equal schemas differ in their texts. A double-quoted word that names nothing stays quoted: SQLite may take it as a string.
 */
export function canonical(tokens: readonly Token[], names: KnownNames, lines = false): string {
  let text = ''
  let depth = 0
  let previous: Token | undefined
  let sign = false
  for (const token of withoutOuterBrackets(tokens)) {
    const part = canonicalToken(token, names)
    const clause = lines && depth === 0 && token.kind === 'word' && CLAUSES.has(part)
    if (token.kind === 'close') depth--
    // `- -1` keeps its space: two signs together would begin a comment.
    if (previous !== undefined) text += clause ? '\n' : needsSpace(previous, token) && !(sign && token.kind !== 'operator') ? ' ' : ''
    text += part
    sign = (token.text === '-' || token.text === '+') && startsOperand(previous)
    if (token.kind === 'open') depth++
    previous = token
  }
  return text
}

/** The same from text. */
export const canonicalText = (sql: string, names: KnownNames): string => canonical(significant(sql), names)

function canonicalToken(token: Token, names: KnownNames): string {
  if (token.kind === 'word') {
    const upper = token.text.toUpperCase()
    const known = isReserved(token.text) ? undefined : names.get(token.text.toLowerCase())
    return known ?? (KEYWORDS.has(upper) ? upper : token.text)
  }
  if (token.kind === 'identifier') {
    const name = nameOf(token)
    const known = names.get(name.toLowerCase())
    if (known !== undefined) return quoteName(known)
    return token.text.startsWith('"') ? token.text : `"${name.replaceAll('"', '""')}"`
  }
  if (token.text === '==') return '='
  if (token.text === '!=') return '<>'
  return token.text
}

function needsSpace(previous: Token, token: Token): boolean {
  if (token.text === ',' || token.text === '.' || token.kind === 'close') return false
  if (previous.text === '.' || previous.kind === 'open') return false
  if (token.kind !== 'open') return true
  if (previous.kind === 'identifier') return false
  if (previous.kind !== 'word') return true
  const word = previous.text.toUpperCase()
  return KEYWORDS.has(word) && !CALLED_KEYWORDS.has(word)
}

/** True where a sign after this token is no operator between two values. */
function startsOperand(previous: Token | undefined): boolean {
  if (previous === undefined || previous.kind === 'operator' || previous.kind === 'open') return true
  return previous.kind === 'word' && isReserved(previous.text)
}

function withoutOuterBrackets(tokens: readonly Token[]): readonly Token[] {
  if (tokens.length > 2 && tokens[0]?.kind === 'open' && closing(tokens, 0) === tokens.length)
    return withoutOuterBrackets(tokens.slice(1, -1))
  return tokens
}
