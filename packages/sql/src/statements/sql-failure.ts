import type { YamaError } from '@yama/core'
import { sqlErrors } from '../errors/errors.ts'
import { LineCounter } from './line-counter.ts'

const place = (sql: string, offset: number): { line: number; column: number } => {
  const counter = new LineCounter(sql)
  counter.moveTo(offset)
  return { line: counter.line, column: counter.column }
}

/** An error of this package at an offset; its position has an empty `file`, which the reader of the file fills in. */
export function sqlFailure(
  code: 'YAMA_SQL_PSQL_COMMAND' | 'YAMA_SQL_COPY_STDIN' | 'YAMA_SQL_DELIMITER',
  sql: string,
  offset: number,
  command = '',
): YamaError {
  const at = place(sql, offset)
  return sqlErrors[code]({ ...at, command }, { position: { file: '', ...at } })
}

/** What is not closed, and with what it would be. */
export function unterminated(sql: string, offset: number, what: string, closer: string): YamaError {
  const at = place(sql, offset)
  return sqlErrors.YAMA_SQL_UNTERMINATED({ ...at, what, closer }, { position: { file: '', ...at } })
}
