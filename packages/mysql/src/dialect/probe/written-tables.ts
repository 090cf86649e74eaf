import { lexerRules, nameAt, significantTokens } from '@yama/sql'

/** After these words stands a table that a statement may write. */
const BEFORE = new Set(['INTO', 'UPDATE', 'FROM', 'JOIN', 'INSERT', 'REPLACE', 'DELETE', 'USING'])
const SKIPPED = new Set(['LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY', 'QUICK', 'IGNORE', 'INTO', 'FROM'])

/** Names, without their database, of the tables that an INSERT, UPDATE or DELETE names; some of them it may only read. */
export function writtenTables(statement: string): readonly string[] {
  // A load may be megabytes of values; its table stands at the beginning.
  const words = significantTokens(statement.slice(0, 2000), lexerRules.mysql)
  const names: string[] = []
  for (const [index, word] of words.entries()) {
    if (!BEFORE.has(word.text) && !(word.text === ',' && word.depth === 0)) continue
    let at = index + 1
    while (SKIPPED.has(words[at]?.text ?? '')) at++
    const last = nameAt(words, at).name?.split('.').at(-1)
    if (last !== undefined) names.push(last.replaceAll('`', ''))
  }
  return [...new Set(names)]
}
