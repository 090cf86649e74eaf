import type { Token } from '@yama/sql'
import type { KnownNames } from './canonical.ts'
import { nameOf, wordOf } from './tokens.ts'

const ROW_NUMBERS: ReadonlySet<string> = new Set(['rowid', 'oid', '_rowid_'])
/** Behind these stands a name that is no column. */
const BEFORE_NAMES: ReadonlySet<string> = new Set(['COLLATE', 'AS'])

/**
 * The tokens of an expression over one table with strings in single quotes. Many builds of SQLite read a double-quoted word that names no column as a string,
 * and keep it as it was written; the one that Yama brings refuses it.
 */
export function withQuotedStrings(tokens: readonly Token[], names: KnownNames): readonly Token[] {
  return tokens.map((token, at) => {
    if (token.kind !== 'identifier' || !token.text.startsWith('"')) return token
    const name = nameOf(token)
    const isColumn = names.has(name.toLowerCase()) || ROW_NUMBERS.has(name.toLowerCase())
    const [previous, next] = [tokens[at - 1], tokens[at + 1]]
    const isPart = previous?.text === '.' || next?.text === '.' || next?.kind === 'open' || BEFORE_NAMES.has(wordOf(previous))
    return isColumn || isPart ? token : { ...token, kind: 'string', text: `'${name.replaceAll("'", "''")}'` }
  })
}
