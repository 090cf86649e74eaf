import type { LexerRules } from './lexer-rules.ts'

/** Names of several modes at once: what they have in common is that `"…"` is a name. */
const ANSI_QUOTES: ReadonlySet<string> = new Set(['ANSI_QUOTES', 'ANSI', 'ORACLE', 'MSSQL', 'POSTGRESQL', 'DB2', 'MAXDB'])
const DIRECTIVE = /yama:sql-mode(?:[ \t]+([^*\r\n]*))?/

/**
 * How MySQL and MariaDB read a text under a `sql_mode` in place of the usual one; the same rules where the mode changes nothing of that.
 *
 * @example sqlModeRules(['ANSI_QUOTES'], lexerRules.mysql).doubleQuotedStrings // false
 */
export function sqlModeRules(modes: readonly string[], rules: LexerRules): LexerRules {
  const ansi = modes.some((mode) => ANSI_QUOTES.has(mode))
  const plain = modes.includes('NO_BACKSLASH_ESCAPES')
  const oracle = modes.includes('ORACLE')
  if (!ansi && !plain && !oracle) return rules
  return {
    ...rules,
    ...(ansi ? { doubleQuotedStrings: false } : {}),
    ...(plain ? { backslashInStrings: false } : {}),
    ...(oracle ? { oracleBodies: true } : {}),
  }
}

/**
 * The rules for what follows a directive `yama:sql-mode ANSI_QUOTES,NO_BACKSLASH_ESCAPES`, which says under which mode the statement
 * behind it is made: a text alone does not tell. Undefined for every other comment.
 */
export function statedRules(comment: string, rules: LexerRules): LexerRules | undefined {
  if (!rules.conditionalComments) return undefined
  const stated = DIRECTIVE.exec(comment)
  if (stated === null) return undefined
  return sqlModeRules((stated[1] ?? '').toUpperCase().split(/[\s,]+/), rules)
}
