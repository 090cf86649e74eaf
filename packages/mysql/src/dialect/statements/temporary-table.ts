import { lexerRules, significantTokens } from '@yama/sql'

const MAY_MAKE = /\bTEMPORARY\b/i

/** The table that a statement makes for its session, as it is written: `a`, `` app.`b` ``. */
export function temporaryTable(sql: string): string | undefined {
  if (!MAY_MAKE.test(sql.slice(0, 1000))) return undefined
  const words = significantTokens(sql, lexerRules.mysql)
  const kind = words.findIndex(({ text }) => text === 'TABLE' || text === 'SEQUENCE')
  if (words[0]?.text !== 'CREATE' || words[kind - 1]?.text !== 'TEMPORARY') return undefined
  const from = words[kind + 1]?.text === 'IF' ? kind + 4 : kind + 1
  const parts = words[from + 1]?.text === '.' ? 3 : 1
  return words
    .slice(from, from + parts)
    .map(({ raw }) => raw)
    .join('')
}
