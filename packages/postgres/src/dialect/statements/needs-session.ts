import { follows, lexerRules, significantTokens, type Word } from '@yama/sql'

const LASTING: Readonly<Record<string, string>> = {
  RESET: 'it changes settings of the session',
  DISCARD: 'it clears the session',
  LISTEN: 'its notifications go to the session',
  UNLISTEN: 'its notifications go to the session',
  DEALLOCATE: 'prepared statements belong to the session',
  LOAD: 'the library is loaded into the session',
}
/** In one transaction they end with it. */
const LOCAL = new Set(['LOCAL', 'TRANSACTION', 'CONSTRAINTS'])

/**
 * Why a statement needs a session of its own: what it leaves in the session would go to whichever client a transaction pooler
 * gives that session next. Undefined for everything else.
 */
export function needsSession(sql: string): string | undefined {
  // A data load may be megabytes of values; its first words say everything.
  if (/^\s*(?:INSERT|COPY|UPDATE|DELETE)\b/i.test(sql)) return undefined
  const words = significantTokens(sql, lexerRules.postgres)
  const [first, second] = words.map(({ text }) => text)
  if (first === undefined) return undefined
  if (first in LASTING) return LASTING[first]
  if (first === 'SET')
    return second !== undefined && LOCAL.has(second) ? undefined : 'it changes a setting of the session; SET LOCAL does not'
  if (first === 'PREPARE') return second === 'TRANSACTION' ? undefined : 'prepared statements belong to the session'
  if (first === 'DECLARE') return has(words, ['WITH', 'HOLD']) ? 'the cursor lives as long as the session' : undefined
  if (first === 'CREATE') return temporary(words)
  if (first === 'SELECT' || first === 'WITH' || first === 'DO') return callOf(words)
  return undefined
}

const has = (words: readonly Word[], pattern: readonly string[]): boolean =>
  words.some((_, at) => follows(words, at, pattern) !== undefined)

function temporary(words: readonly Word[]): string | undefined {
  const at = words[1]?.text === 'LOCAL' || words[1]?.text === 'GLOBAL' ? 2 : 1
  const kind = words[at]?.text
  if (kind !== 'TEMP' && kind !== 'TEMPORARY') return undefined
  return has(words, ['ON', 'COMMIT', 'DROP'])
    ? undefined
    : 'what is temporary belongs to the session; ON COMMIT DROP ends it with the transaction'
}

/** Functions which change the session: session-level advisory locks, and `set_config` that is not local. */
function callOf(words: readonly Word[]): string | undefined {
  for (const [at, { text, depth }] of words.entries()) {
    if (words[at + 1]?.text !== '(') continue
    if (/^PG_(?:TRY_)?ADVISORY_LOCK(?:_SHARED)?$/i.test(text))
      return 'the advisory lock is held by the session; pg_advisory_xact_lock ends with the transaction'
    if (!/^SET_CONFIG$/i.test(text)) continue
    const close = words.findIndex((word, i) => i > at + 1 && word.text === ')' && word.depth === depth)
    if (words[close - 1]?.text !== 'TRUE' || words[close - 2]?.text !== ',')
      return 'it changes a setting of the session; set_config(…, true) does not'
  }
  return undefined
}
