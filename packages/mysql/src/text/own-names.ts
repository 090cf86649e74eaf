import type { Token } from '@yama/sql'
import { nameOf, significant } from './tokens.ts'

/**
 * The text without the name of its own database in front of functions, sequences and three-part columns, where the servers print it although
 * everything else is relative. A schema is the same in a database of another name. `` `db`.`column` `` stays: there it is an alias.
 */
export function withoutOwnDatabase(text: string, database: string): string {
  if (!text.includes(`\`${database}\`.`)) return text
  const tokens = significant(text)
  let result = ''
  let from = 0
  for (const [at, token] of tokens.entries()) {
    if (!isQualifier(tokens, at, token, database)) continue
    const object = tokens[at + 2]
    result += text.slice(from, token.start)
    from = object?.start ?? token.end
  }
  return result + text.slice(from)
}

function isQualifier(tokens: readonly Token[], at: number, token: Token, database: string): boolean {
  if (token.kind !== 'identifier' || nameOf(token) !== database || tokens[at + 1]?.text !== '.' || tokens[at - 1]?.text === '.')
    return false
  const [before, after] = [tokens[at - 1], tokens[at + 3]]
  if (after?.kind === 'open' || after?.text === '.') return true
  const call = tokens[at - 2]
  return before?.kind === 'open' && /^(?:nextval|lastval|setval)$/i.test(call?.text ?? '')
}
