import type { Dialect } from '../contract/dialect.ts'
import type { MigrationConflict } from '../contract/effects.ts'
import type { GraphNode, MigrationGraph } from '../contract/graph.ts'
import type { HistoryState } from '../contract/history.ts'
import type { Migration, MigrationId } from '../contract/migration.ts'
import type { OrdinaryTarget } from '../contract/plan.ts'
import type { Edit } from '../contract/run.ts'

/** Everything a plan follows from. */
export interface PlanInput {
  readonly graph: MigrationGraph
  readonly history: HistoryState
  readonly target: OrdinaryTarget
  readonly dialect: Dialect
  readonly project: string
  readonly environment?: string | undefined
  /** Late files, from `resolveChain`. */
  readonly late?: ReadonlySet<MigrationId>
  /** Which late files may run: all, or by id or name. */
  readonly allowLate?: 'refuse' | 'allow' | readonly string[] | undefined
  readonly skipped?: ReadonlySet<MigrationId>
  /** From `repeatableNodes`. */
  readonly repeatables?: readonly GraphNode[]
  /** Step kinds besides `sql` and `code`. */
  readonly stepKinds?: ReadonlySet<string>
  /** True where a `plan` hook may derive a way back from steps of plugins; `refuseWithoutWayBack` looks afterwards. */
  readonly derivesDown?: boolean
  /** Migrations without a file, read from the text that the database keeps. */
  readonly stored?: ReadonlyMap<MigrationId, Migration>
  /** The histories of other projects that `requires` names. */
  readonly otherProjects?: ReadonlyMap<string, HistoryState>
  /** Pairs that no path joins and whose order matters. */
  readonly conflicts?: readonly MigrationConflict[]
  /** Pairs that would run in the other order than the graph says, from `judgeReversed`. */
  readonly reversed?: readonly MigrationConflict[]
  /** For edited migrations: what changed, in words. */
  readonly edits?: ReadonlyMap<MigrationId, string>
  /** The same as whole differences, for the error's data. */
  readonly differences?: readonly Edit[]
}
