import type { SplitStatement } from '@yama/core'
import type { LexerRules } from '../lexer/lexer-rules.ts'
import { Scanner } from '../lexer/scanner.ts'
import { readDelimiter } from './read-delimiter.ts'
import { refuseUnclosed } from './refuse-unclosed.ts'
import type { BodyTracker } from './body-tracker.ts'
import { LineCounter } from './line-counter.ts'
import { newEnumValues } from './new-enum-values.ts'
import { transactionOf } from './outside-transaction.ts'
import { sqlFailure, unterminated } from './sql-failure.ts'
import { transactionControl } from './transaction-control.ts'
import { trackerOf } from './tracker-of.ts'

const controlVerbs = new Set(['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'PREPARE'])

/** The statement under construction. */
interface Draft {
  start: number
  /** End of the last token that is no comment: comments between it and the `;` are not part of the text. */
  end: number
  first: string
  depth: number
  /** COPY … FROM STDIN: 0 nothing, 1 COPY, 2 FROM at depth 0, 3 STDIN. */
  copy: number
}

/** Around a dump of pg_dump: from there to there psql takes no other command, and neither does anything here. */
const RESTRICTION = /^\\(?:un)?restrict\s+\w+\s*$/

/**
 * Splits a text into statements by the dialect's lexer. A `;` splits only outside of quotes, comments, parentheses and
 * the bodies of routines and triggers; DELIMITER is followed for MySQL and MariaDB. Empty statements are dropped.
 * `text` is the exact slice at `offset`: comments inside are kept, comments before and after are not, except `yama:`
 * directives before it and before its terminator. `\restrict` and `\unrestrict`, which stand
 * around a dump, count as comments. Line and column are 1-based, columns in UTF-16 units. One pass, linear.
 *
 * Throws YAMA_SQL_UNTERMINATED, YAMA_SQL_PSQL_COMMAND, YAMA_SQL_COPY_STDIN or YAMA_SQL_DELIMITER with line and column.
 *
 * @example splitStatements("select ';'; select 2", lexerRules.sqlite).map(({ text }) => text) // ["select ';'", 'select 2']
 */
export function splitStatements(sql: string, rules: LexerRules): SplitStatement[] {
  const scanner = new Scanner(sql, rules)
  const lines = new LineCounter(sql)
  const body = trackerOf(rules.kind)
  const statements: SplitStatement[] = []
  const draft: Draft = { start: -1, end: -1, first: '', depth: 0, copy: 0 }

  const finish = (): void => {
    if (draft.first !== '') statements.push(statementOf(sql, draft, lines, rules))
    if (draft.copy === 3) throw sqlFailure('YAMA_SQL_COPY_STDIN', sql, draft.start)
    Object.assign(draft, { start: -1, end: -1, first: '', depth: 0, copy: 0 })
    body.start()
    scanner.endStatement()
  }

  while (scanner.next()) {
    const { kind } = scanner
    if (!scanner.closed) refuseUnclosed(scanner)
    if (kind === 'space' || kind === 'comment' || kind === 'hint') {
      // A hint inside the statement is inside the slice anyway.
      continue
    }
    if (kind === 'directive') {
      if (scanner.rules.oracleBodies === true && draft.first === '') body.oracle?.()
      if (draft.start < 0) draft.start = scanner.start
      else if (draft.first !== '') draft.end = scanner.end
      continue
    }
    if (kind === 'psql') {
      const command = sql.slice(scanner.start, scanner.end)
      if (draft.first === '' && RESTRICTION.test(command)) continue
      throw sqlFailure('YAMA_SQL_PSQL_COMMAND', sql, scanner.start, command.split(/\s/, 1)[0])
    }
    if (kind === 'terminator' && (scanner.delimiter !== '' || (draft.depth === 0 && body.splits()))) {
      finish()
      continue
    }
    if (draft.first === '') {
      if (rules.delimiterCommand && kind === 'word' && readDelimiter(scanner)) {
        draft.start = -1
        continue
      }
      if (draft.start < 0) draft.start = scanner.start
      draft.first = kind === 'word' ? sql.slice(scanner.start, scanner.end).toUpperCase() : kind
      if (draft.first === 'COPY' && rules.psqlCommands) draft.copy = 1
    }
    draft.end = scanner.end
    if (kind === 'open') draft.depth++
    else if (kind === 'close') draft.depth = Math.max(0, draft.depth - 1)
    else if (kind === 'word' && draft.copy > 0 && draft.depth === 0)
      draft.copy = nextCopy(draft.copy, sql.slice(scanner.start, scanner.end).toUpperCase())
    if (body.watching) follow(body, scanner)
  }
  if (draft.first !== '' && scanner.delimiter === '' && !body.splits())
    throw unterminated(sql, draft.start, 'body of the statement', 'END;')
  finish()
  return rules.kind === 'postgres' ? newEnumValues(statements) : statements
}

const nextCopy = (copy: number, word: string): number => (word === 'FROM' ? 2 : copy === 2 ? (word === 'STDIN' ? 3 : 1) : copy)

const follow = (body: BodyTracker, scanner: Scanner): void => {
  const named = scanner.kind === 'word' || scanner.kind === 'operator'
  body.token(scanner.kind, named ? scanner.sql.slice(scanner.start, scanner.end).toUpperCase() : '')
}

const statementOf = (sql: string, draft: Draft, lines: LineCounter, rules: LexerRules): SplitStatement => {
  const text = sql.slice(draft.start, draft.end)
  lines.moveTo(draft.start)
  const control = controlVerbs.has(draft.first) ? transactionControl(text, rules) : undefined
  return {
    text,
    offset: draft.start,
    line: lines.line,
    column: lines.column,
    transaction: transactionOf(text, draft.first, rules),
    ...(control === undefined ? {} : { control }),
  }
}
