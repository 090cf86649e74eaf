import { lexerRules, significantTokens, type Word } from '@yama/sql'

/** `@@foreign_key_checks`, `SESSION unique_checks`; not what is of the server, nor a variable of the user's own. */
const OWN = /^(?:(?:SESSION|LOCAL) |@@(?:(?:session|local) ?\. ?)?)? ?`?(\w+)`?$/i
const ISOLATION = ['transaction_isolation', 'tx_isolation', 'transaction_read_only', 'tx_read_only']

/** The variables of the session that a SET leaves otherwise, lower case; none of any other statement. */
export function sessionVariables(sql: string): readonly string[] {
  if (!/^\s*(?:\/\*|--|#|SET\b)/i.test(sql)) return []
  const words = significantTokens(sql, lexerRules.mysql)
  if (words[0]?.text !== 'SET' || words[1]?.text === 'STATEMENT') return []
  if (words[1]?.text === 'SESSION' && words[2]?.text === 'TRANSACTION') return ISOLATION
  return assignments(words.slice(1)).flatMap((words) => {
    const end = words.findIndex(({ text }) => text === '=' || text === ':=')
    const name = OWN.exec(
      words
        .slice(0, Math.max(0, end))
        .map(({ raw }) => raw)
        .join(' '),
    )?.[1]
    return name === undefined ? [] : [name.toLowerCase()]
  })
}

function assignments(words: readonly Word[]): readonly (readonly Word[])[] {
  const found: Word[][] = [[]]
  for (const word of words) {
    if (word.text === ',' && word.depth === 0) found.push([])
    else found.at(-1)?.push(word)
  }
  return found
}
