import type { SourcePosition } from '@yama/core'
import type { FactBase } from '../facts/fact.ts'
import type { Rename } from './delta.ts'
import type { SchemaDialect } from './schema-dialect.ts'

/** A step of a YAML migration: the operation's name and what stands under it. */
export interface OperationStep {
  readonly kind: 'operation'
  readonly name: string
  /** As the file says it; checked by the operation. */
  readonly input: unknown
  readonly position?: SourcePosition
}

declare module '@yama/core' {
  interface StepKinds {
    operation: OperationStep
  }
}

export interface OperationContext {
  readonly base: FactBase
  readonly dialect: SchemaDialect
  readonly step: OperationStep
}

export type OperationResult =
  /** The schema afterwards; rules and strategies find the statements. */
  | { readonly after: FactBase; readonly renames?: readonly Rename[] }
  /** Statements that run as written. Without `down` there is no way back. */
  | { readonly up: readonly string[]; readonly down?: readonly string[] }

/** A portable change, facts → facts. Its name is the camelCase of its file. */
export interface Operation {
  readonly name: string
  /** One sentence for documentation and editors. */
  readonly description: string
  /** Every key it accepts, required ones first. */
  readonly keys: readonly string[]
  /** Throws YAMA_OPERATION_… codes with the step's position. */
  apply(context: OperationContext): OperationResult
}
