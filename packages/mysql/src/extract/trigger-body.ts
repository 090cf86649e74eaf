import { readUnder } from '../text/read-under.ts'
import { significant, wordOf } from '../text/tokens.ts'

/**
 * What a trigger does, as it was written, out of its SHOW CREATE statement. What `information_schema` says of it is not that text: there `'it''s'` is
 * `'it's'`, `'\\d'` is `'\d'`, and what is outside of the first plane of Unicode a question mark.
 */
export function triggerBody(statement: string, modes: readonly string[]): string {
  const text = readUnder(modes, statement)
  const tokens = significant(text)
  const row = tokens.findIndex(
    (token, at) => wordOf(token) === 'ROW' && wordOf(tokens[at - 1]) === 'EACH' && wordOf(tokens[at - 2]) === 'FOR',
  )
  const isPlaced = /^(?:FOLLOWS|PRECEDES)$/.test(wordOf(tokens[row + 1]))
  const first = tokens[row + (isPlaced ? 3 : 1)]
  return first === undefined || row === -1 ? '' : text.slice(first.start).trimEnd()
}
