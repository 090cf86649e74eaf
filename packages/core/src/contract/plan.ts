import type { Diagnostic } from './diagnostic.ts'
import type { GraphNode } from './graph.ts'
import type { StepRow } from './history.ts'
import type { Direction, MigrationId, Phase, Step } from './migration.ts'
import type { ObjectStates } from './probe.ts'
import type { StatementEffect } from './statement.ts'

export type OrdinaryTarget =
  /** With `again` repeatable migrations run although they did not change. */
  | { readonly up: 'latest'; readonly phase?: Phase; readonly again?: true }
  /** A migration or what else `resolveTargets` takes: `tag:v1.4`, `head-2`, `+1`. */
  | { readonly up: MigrationId; readonly phase?: Phase }
  | { readonly upSteps: number; readonly phase?: Phase }
  | { readonly down: number }
  /** Revert everything that was applied and is not needed by this migration (or tag, or `@{time}`). */
  | { readonly downTo: MigrationId | 'base' }
  /** Revert exactly what one run applied: its id or the beginning of it, or `last`. */
  | { readonly downRun: string }

/** Finish or undo what a run that did not end has left. `assume` settles a statement of which nothing can be told. */
export interface RecoveryTarget {
  readonly recover: 'continue' | 'undo'
  readonly assume?: 'done' | 'undone'
}
export type Target = OrdinaryTarget | RecoveryTarget

export interface PlannedStep {
  readonly index: number
  readonly step: Step
  readonly effect?: StatementEffect
  /** The hook file that it stands in, where it is none of the migration's own. */
  readonly hook?: string
}

/** When the statements of a hook file run. Those around a migration stand among its own. */
export type HookEvent = 'before-run' | 'after-run' | 'before-migration' | 'after-migration' | 'before-down' | 'after-down' | 'on-error'

/** Statements of the project around a whole run. */
export interface PlannedHook {
  readonly event: HookEvent
  readonly file: string
  readonly groups: readonly CommitGroup[]
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
  /** Set where a run that did not end has done the beginning: `groups` are then what is left. */
  readonly resume?: Resume
}

/** How far a run came that did not end, as the database itself shows. */
export interface Resume {
  /** Of the journal; what is left continues it. */
  readonly attempt: number
  /** What the journal is of: an undo follows the journal of what it undoes. */
  readonly journal: Direction
  /** Groups of the journal that are done, without the one that was under way. */
  readonly groups: number
  /** Statements of this direction that are done and are not run again. */
  readonly steps: number
  /** What those of them set for the session (`SET`, `PRAGMA`), which the next session needs again. */
  readonly session: readonly string[]
  /** The statement that was under way, and what was found. Absent where the run ended between two statements. */
  readonly found?: FoundStep
}

/** A statement of which only the beginning is recorded, and what the database shows of it. */
export interface FoundStep {
  readonly row: StepRow
  /** `done`: it took effect. `undone`: it did not and runs again. `unknown`: a person has to say. `running`: the server is still at it. */
  readonly verdict: 'done' | 'undone' | 'unknown' | 'running'
  /** For people. */
  readonly why: string
  /** What its objects are now. */
  readonly now?: ObjectStates
  /** Run before it can run again. */
  readonly leftovers: readonly string[]
  /** A person said so. */
  readonly assumed?: true
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
  /** In the digest too. */
  readonly hooks?: readonly PlannedHook[]
  readonly losses: readonly DataLoss[]
  readonly diagnostics: readonly Diagnostic[]
}
