import { statementLine, toDiagnostic, type Diagnostic } from '@yama/core'
import type { HandChange } from '../contract/review-document.ts'
import { reviewErrors } from '../errors/errors.ts'

/** So many objects are named in a message. */
const SHOWN = 8
const LONGEST = 120

/** What was changed by hand in an environment and is touched by a pending migration: an error where the run would be refused. */
export function handChangeFinding(
  environment: string,
  { touched, statement, refused }: { readonly touched: readonly HandChange[]; readonly statement: string; readonly refused: boolean },
): Diagnostic {
  const names = touched.map(({ object }) => object)
  const objects = `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}`
  return toDiagnostic(
    reviewErrors.YAMA_REVIEW_DRIFT({ environment, objects, statement: statementLine(statement, LONGEST) }),
    refused ? 'error' : 'warning',
  )
}
