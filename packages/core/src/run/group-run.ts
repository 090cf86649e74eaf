import type { HistoryWrite } from '../contract/history.ts'
import type { CommitGroup, PlannedMigration, PlannedStep } from '../contract/plan.ts'
import type { ActiveRun } from './active-run.ts'
import type { Failure } from './migration-failure.ts'

/** Where a migration is, for the error that may end it. */
export interface Progress {
  where: Failure['where']
  step: PlannedStep | undefined
  leftover: unknown
  readonly committed: PlannedStep[]
  /** Rows changed so far. */
  rows: number
  /** Ends of statements that took effect, which are written with the intent of the next one. */
  unwritten: readonly HistoryWrite[]
}

/** What is written when a group ends. */
export interface Ending {
  readonly writes: readonly HistoryWrite[]
  readonly commit: () => void
}

/** One group of a migration under way. */
export interface GroupRun {
  readonly run: ActiveRun
  readonly planned: PlannedMigration
  readonly group: CommitGroup
  /** Its place in the whole migration, whatever of it is left to run. */
  readonly number: number
  readonly attempt: number
  readonly progress: Progress
  readonly end: () => Ending
  /** Whether the next group writes an intent before anything of it runs. */
  readonly nextSaysIntent: boolean
  /** What is run after it. */
  readonly ahead: readonly string[]
}
