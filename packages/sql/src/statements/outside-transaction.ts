import type { DatabaseKind } from '@yama/core'
import type { LexerRules } from '../lexer/lexer-rules.ts'
import { significantTokens } from './significant-tokens.ts'
import { leadingTokens } from './statement-words.ts'

type Question = (tokens: readonly string[]) => boolean
const always: Question = () => true
const second =
  (...words: string[]): Question =>
  (tokens) =>
    words.includes(tokens[1] ?? '')

/** CREATE SUBSCRIPTION makes a slot on the publisher unless told not to; ALTER and DROP end the same way. */
const keepsNoSlot: Question = (tokens) =>
  tokens.some(
    (token, i) =>
      (token === 'CREATE_SLOT' || token === 'CONNECT') && tokens[i + 1] === '=' && /^(FALSE|OFF|0|')$/.test(tokens[i + 2] ?? ''),
  )

/** By first word; from the calls of PreventInTransactionBlock in PostgreSQL's sources. */
const postgres: Readonly<Record<string, Question>> = {
  VACUUM: always,
  CREATE: (tokens) =>
    second('DATABASE', 'TABLESPACE')(tokens) ||
    (tokens[1] === 'SUBSCRIPTION' && !keepsNoSlot(tokens)) ||
    (tokens[1] === 'INDEX' && tokens[2] === 'CONCURRENTLY') ||
    (tokens[1] === 'UNIQUE' && tokens[3] === 'CONCURRENTLY'),
  DROP: (tokens) => second('DATABASE', 'TABLESPACE', 'SUBSCRIPTION')(tokens) || (tokens[1] === 'INDEX' && tokens[2] === 'CONCURRENTLY'),
  ALTER: (tokens) =>
    tokens[1] === 'SYSTEM' ||
    (tokens[1] === 'DATABASE' && tokens[3] === 'SET' && tokens[4] === 'TABLESPACE') ||
    (tokens[1] === 'SUBSCRIPTION' && (tokens.includes('REFRESH') || tokens.includes('PUBLICATION'))) ||
    (tokens[1] === 'TABLE' && tokens[tokens.indexOf('DETACH') + 1] === 'PARTITION' && tokens.at(-1) === 'CONCURRENTLY'),
  REINDEX: (tokens) =>
    tokens.includes('CONCURRENTLY') || tokens.some((token) => token === 'SCHEMA' || token === 'DATABASE' || token === 'SYSTEM'),
  CLUSTER: (tokens) =>
    tokens.length === 1 || (tokens.length === 2 && tokens[1] === 'VERBOSE') || (tokens[1] === '(' && tokens.at(-1) === ')'),
  DISCARD: second('ALL'),
  COMMIT: second('PREPARED'),
  ROLLBACK: second('PREPARED'),
}

const outsidePragmas = new Set(['FOREIGN_KEYS', 'JOURNAL_MODE', 'SYNCHRONOUS', 'TEMP_STORE', 'WAL_CHECKPOINT'])
const sqlite: Readonly<Record<string, Question>> = {
  VACUUM: always,
  ATTACH: always,
  DETACH: always,
  // Setting foreign_keys inside a transaction is silently ignored, the others are errors there. Reading is fine.
  PRAGMA: (tokens) => {
    const name = tokens[2] === '.' ? 3 : 1
    return outsidePragmas.has(tokens[name] ?? '') && (tokens.length > name + 1 || tokens[name] === 'WAL_CHECKPOINT')
  },
}

/** Statements that commit by themselves: a transaction around them protects nothing. MySQL manual, 15.3.3. */
const mysql: Readonly<Record<string, Question>> = {
  CREATE: (tokens) => tokens[1] !== 'TEMPORARY',
  DROP: (tokens) => tokens[1] !== 'TEMPORARY' && tokens[1] !== 'PREPARE',
  ALTER: always,
  RENAME: always,
  TRUNCATE: always,
  GRANT: always,
  REVOKE: always,
  ANALYZE: always,
  OPTIMIZE: always,
  REPAIR: always,
  CHECK: always,
  CACHE: always,
  FLUSH: always,
  RESET: always,
  INSTALL: always,
  UNINSTALL: always,
  LOCK: always,
  UNLOCK: always,
  SET: second('PASSWORD'),
}

const questions = { postgres, sqlite, mysql, mariadb: mysql } satisfies Record<DatabaseKind, Readonly<Record<string, Question>>>

/** A block that commits batch by batch: inside a transaction that is "invalid transaction termination". */
const COMMITS = /\b(?:COMMIT|ROLLBACK)(?:\s+AND\s+(?:NO\s+)?CHAIN)?\s*;/i

/** `none` where the server refuses, ignores or breaks a transaction around the statement, so that it has to run alone. */
export function transactionOf(sql: string, first: string, rules: LexerRules): 'any' | 'none' {
  if (rules.kind === 'postgres' && first === 'DO' && COMMITS.test(sql.replaceAll(/--[^\n]*/g, ''))) return 'none'
  // What a dump hides from other servers is run by these.
  const opened = first === 'conditional' ? significantTokens(sql, rules).map(({ text }) => text) : undefined
  const word = opened?.[0] ?? first
  const question = Object.hasOwn(questions[rules.kind], word) ? questions[rules.kind][word] : undefined
  return question !== undefined && question(opened ?? leadingTokens(sql, rules, 64)) ? 'none' : 'any'
}
