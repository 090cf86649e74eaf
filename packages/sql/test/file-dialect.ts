import type { DatabaseKind } from '@yama/core'
import type { FileDialect } from '@yama/core/files'
import { lexerRules, semanticTokens, splitStatements } from '@yama/sql'

/** What reading files needs of a dialect, without a database. */
export const fileDialect = (kind: DatabaseKind): FileDialect => ({
  kind,
  splitStatements: (sql) => splitStatements(sql, lexerRules[kind]),
  semanticTokens: (sql) => semanticTokens(sql, lexerRules[kind]),
})
