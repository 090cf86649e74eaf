import type { SplitStatement } from '../../contract/dialect.ts'
import type { TransactionMode } from '../../contract/migration.ts'

export interface Uncontrolled {
  readonly statements: readonly SplitStatement[]
  readonly mode: TransactionMode
  /** The statement for which the file has to be refused. */
  readonly refused?: SplitStatement
}

/** A switch of the session; SQLite's dialect sets `foreign_keys` around the transaction wherever it stands. */
const PRAGMA = /^PRAGMA\b/i

/**
 * Leaves out BEGIN and COMMIT where the runner's own transaction means the same: pairs, and COMMIT … BEGIN in the middle
 * around statements that run alone anyway (`COMMIT; PRAGMA foreign_keys=OFF; BEGIN`, as drizzle-kit writes). In a file
 * without transaction the pair is kept in its meaning: inside runs together, outside alone. Everything else is refused.
 */
export function dropTransactionControl(statements: readonly SplitStatement[], mode: TransactionMode): Uncontrolled {
  const first = statements.find(({ control }) => control !== undefined)
  if (first === undefined) return { statements, mode }
  // A file which begins with COMMIT relies on the transaction that its own tool has opened.
  const assumed = first.control === 'commit'
  let open = assumed
  let outside: SplitStatement[] = []
  const kept: SplitStatement[] = []
  for (const statement of statements) {
    if (statement.control === 'other') return { statements, mode, refused: statement }
    if (statement.control === 'begin') {
      if (open) return { statements, mode, refused: statement }
      open = true
      outside = []
    } else if (statement.control === 'commit') {
      if (!open) return { statements, mode, refused: statement }
      open = false
    } else {
      if (!open) outside.push(statement)
      kept.push(mode === 'none' && !open ? { ...statement, transaction: 'none' } : statement)
    }
    // Between the pieces of an assumed transaction only what runs alone may stand.
    if (assumed && outside.some(({ transaction, text }) => transaction === 'any' && !PRAGMA.test(text)))
      return { statements, mode, refused: first }
  }
  const balanced = open === assumed
  return balanced ? { statements: kept, mode: 'auto' } : { statements, mode, refused: first }
}
