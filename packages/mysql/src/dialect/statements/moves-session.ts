import { lexerRules, significantTokens } from '@yama/sql'

const MAY_MOVE = /\bUSE\b|\bSET\s[^]*\bROLE\b/i

/** Whether a statement leaves the session in another database, or as another role. */
export function movesSession(sql: string): 'database' | 'role' | undefined {
  if (sql.length > 10_000 || !MAY_MOVE.test(sql)) return undefined
  const [first, second, third] = significantTokens(sql, lexerRules.mysql).map(({ text }) => text)
  if (first === 'USE') return 'database'
  return first === 'SET' && (second === 'ROLE' || (second === 'DEFAULT' && third === 'ROLE')) ? 'role' : undefined
}
