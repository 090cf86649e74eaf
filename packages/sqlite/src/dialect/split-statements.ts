import type { SplitStatement } from '@yama/core'
import { lexerRules, splitStatements } from '@yama/sql'

const FOREIGN_KEYS = /^PRAGMA\s+(?:main\s*\.\s*)?foreign_keys\b/i

/**
 * The statements of a text. `PRAGMA foreign_keys` counts as one of the transaction, although it does nothing in there: the
 * connection reads it beforehand and switches the keys around the transaction. As a statement alone it would be gone after a
 * crash, and the rebuild that was resumed would delete the rows of child tables.
 */
export function splitSqlite(sql: string): readonly SplitStatement[] {
  return splitStatements(sql, lexerRules.sqlite).map((statement) =>
    statement.transaction === 'none' && FOREIGN_KEYS.test(withoutComments(statement.text))
      ? { ...statement, transaction: 'any' }
      : statement,
  )
}

const withoutComments = (sql: string): string => sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)+/, '')
