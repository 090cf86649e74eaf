import type { Token } from '@yama/sql'
import { sameName } from './names.ts'
import { nameOf } from './tokens.ts'

const isName = (token: Token | undefined): token is Token => token?.kind === 'word' || token?.kind === 'identifier'

/**
 * The tokens of a check or of an index's condition with columns by their own names: `"users"."age"` and `main.users.age` are `"age"` and `age`.
 * Neither sees another table, and a check that names its table could not be made under the name that a rebuild gives it.
 */
export function withoutOwnTable(tokens: readonly Token[], table: string): readonly Token[] {
  const kept: Token[] = []
  for (let at = 0; at < tokens.length;) {
    const length = qualifier(tokens, at, table)
    const token = tokens[at]
    if (length === 0 && token !== undefined) kept.push(token)
    at += Math.max(length, 1)
  }
  return kept
}

/** How many tokens of `table.` or `schema.table.` stand here. */
function qualifier(tokens: readonly Token[], at: number, table: string): number {
  const [first, dot, second, again] = tokens.slice(at, at + 4)
  if (!isName(first) || dot?.text !== '.' || tokens[at - 1]?.text === '.') return 0
  if (isName(second) && again?.text === '.') return sameName(nameOf(second), table) ? 4 : 0
  return sameName(nameOf(first), table) ? 2 : 0
}
