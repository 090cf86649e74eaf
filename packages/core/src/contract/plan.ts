import type { Diagnostic } from './diagnostic.ts'
import type { GraphNode } from './graph.ts'
import type { Direction, MigrationId, Phase, Step } from './migration.ts'
import type { StatementEffect } from './statement.ts'

export type Target =
  | { readonly up: 'latest'; readonly phase?: Phase }
  | { readonly up: MigrationId; readonly phase?: Phase }
  | { readonly upSteps: number; readonly phase?: Phase }
  | { readonly down: number }
  /** Revert everything that was applied and is not needed by this migration. */
  | { readonly downTo: MigrationId | 'base' }

export interface PlannedStep {
  readonly index: number
  readonly step: Step
  readonly effect?: StatementEffect
}

/** Steps that commit together. A group of a step that cannot run in a transaction has just that step. */
export interface CommitGroup {
  readonly transactional: boolean
  readonly steps: readonly PlannedStep[]
}

export interface PlannedMigration {
  readonly node: GraphNode
  readonly direction: Direction
  readonly groups: readonly CommitGroup[]
  /** True where the down steps come from the text stored in the database, because the file is gone. */
  readonly fromHistory: boolean
}

export interface DataLoss {
  readonly migration: MigrationId
  readonly statement: string
  readonly loss: 'possible' | 'certain'
  readonly what: string
}

/** What would run: a value that can be printed, reviewed, linted, digested, approved and only then applied. */
export interface Plan {
  readonly format: 1
  /** Hash of database id, environment, project, applied set, ordered [id, direction, link, SQL], format. 16 hex digits. */
  readonly digest: string
  readonly project: string
  readonly databaseId: string
  readonly environment: string | undefined
  readonly target: Target
  readonly appliedHash: string
  /** What is applied and has no applied child: where the database stands before the plan. Not in the digest. */
  readonly heads?: readonly { readonly id: MigrationId; readonly name: string }[]
  readonly migrations: readonly PlannedMigration[]
  readonly losses: readonly DataLoss[]
  readonly diagnostics: readonly Diagnostic[]
}
