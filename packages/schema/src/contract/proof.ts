import type { ChangePlan } from './change-plan.ts'
import type { SchemaDialect, Scope, Scratch } from './schema-dialect.ts'
import type { FactBase } from '../facts/fact.ts'

export interface ProofRequest {
  readonly up: ChangePlan
  /** Absent: there is no way back to prove. */
  readonly down?: ChangePlan
  readonly before: FactBase
  readonly after: FactBase
  /** A throw-away database in the state `before`, without rows of its own. */
  readonly scratch: Pick<Scratch, 'connection' | 'description'>
  readonly dialect: SchemaDialect
  readonly scope: Scope
  /** Chooses which values are null; the same seed gives the same rows. */
  readonly seed?: number
}

export interface SeededTable {
  /** Id in `before`. */
  readonly table: string
  readonly rows: number
  /** What stands in them: `plain`, `null`, `smallest`, `largest`, `repeated`, `odd` letters, `long` texts. */
  readonly variety: readonly string[]
  /** Why there are fewer rows than wanted, where there are. */
  readonly reason?: string
}

export interface ProofReport {
  /** One line for people. */
  readonly summary: string
  readonly seed: number
  /** Where it was proved: the scratch database's description. */
  readonly scratch: string
  readonly tables: readonly SeededTable[]
  /** Rows that were there before, after Up and, where there is a Down, after it, with the same values in all surviving columns. */
  readonly rows: number
  readonly up: { readonly statements: number; readonly durationMs: number }
  readonly down: { readonly statements: number; readonly durationMs: number } | undefined
  /** What was left out, in sentences. */
  readonly notes: readonly string[]
}
