import type { DatabaseKind, TransactionControl } from '@yama/core'
import type { LexerRules } from '../lexer/lexer-rules.ts'
import { leadingTokens } from './statement-words.ts'

const begins = {
  postgres: ['BEGIN', 'BEGIN WORK', 'BEGIN TRANSACTION', 'START TRANSACTION'],
  sqlite: ['', ' DEFERRED', ' IMMEDIATE', ' EXCLUSIVE'].flatMap((mode) => [`BEGIN${mode}`, `BEGIN${mode} TRANSACTION`]),
  mysql: ['BEGIN', 'BEGIN WORK', 'START TRANSACTION'],
  mariadb: ['BEGIN', 'BEGIN WORK', 'START TRANSACTION'],
} satisfies Record<DatabaseKind, readonly string[]>

const commits = {
  postgres: ['COMMIT', 'COMMIT WORK', 'COMMIT TRANSACTION', 'END', 'END WORK', 'END TRANSACTION'],
  sqlite: ['COMMIT', 'COMMIT TRANSACTION', 'END', 'END TRANSACTION'],
  mysql: ['COMMIT', 'COMMIT WORK'],
  mariadb: ['COMMIT', 'COMMIT WORK'],
} satisfies Record<DatabaseKind, readonly string[]>

const first = new Set(['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'PREPARE'])

/**
 * Whether a statement begins or ends a transaction: `begin` and `commit` are the plain forms, which may be left out where
 * the runner brings its own transaction; `other` cannot (ROLLBACK, COMMIT AND CHAIN, an isolation level). Savepoints are
 * ordinary statements.
 *
 * @example transactionControl('BEGIN IMMEDIATE TRANSACTION', lexerRules.sqlite) // 'begin'
 */
export function transactionControl(sql: string, rules: LexerRules): TransactionControl | undefined {
  const tokens = leadingTokens(sql, rules, 5)
  const verb = tokens[0] ?? ''
  if (!first.has(verb)) return undefined
  const all = tokens.join(' ')
  if (begins[rules.kind].includes(all)) return 'begin'
  if (commits[rules.kind].includes(all)) return 'commit'
  if (verb === 'ROLLBACK') return tokens.includes('TO') ? undefined : 'other'
  if (verb === 'PREPARE') return tokens[1] === 'TRANSACTION' ? 'other' : undefined
  // MariaDB's compound statement at top level.
  if (verb === 'BEGIN' && tokens[1] === 'NOT') return undefined
  if (verb === 'START') return tokens[1] === 'TRANSACTION' ? 'other' : undefined
  return 'other'
}
