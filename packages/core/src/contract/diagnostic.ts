import type { SourcePosition } from './migration.ts'

/** Something to tell a person: a code, a sentence, the place, the next command. */
export interface Diagnostic {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly hint?: string
  readonly docs?: string
  readonly position?: SourcePosition
  readonly object?: string
  readonly migration?: string
}
