import { lexerRules, statementWords } from '@yama/sql'

/**
 * True for statements which wait until other transactions have ended while blocking nobody: a short lock_timeout would
 * only leave an INVALID index behind.
 */
export function waitsForOthers(sql: string): boolean {
  if (!/concurrently|vacuum/i.test(sql)) return false
  const [first = '', ...words] = statementWords(sql, lexerRules.postgres)
  if (first === 'VACUUM') return true
  return (
    (first === 'CREATE' || first === 'DROP' || first === 'REINDEX' || first === 'ALTER') &&
    (words.includes('CONCURRENTLY') || /\bDETACH\b/i.test(sql))
  )
}
