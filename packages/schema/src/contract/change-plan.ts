import type { Reversibility, ServerInfo, YamaError } from '@yama/core'
import type { FactBase, FactId } from '../facts/fact.ts'
import type { Action } from './action.ts'
import type { AnyDelta, Rename } from './delta.ts'
import type { SchemaDialect } from './schema-dialect.ts'

export interface ChangeRequest {
  readonly before: FactBase
  readonly after: FactBase
  readonly dialect: SchemaDialect
  /** Ids in `before` → ids in `after`; from `findRenames`, decisions included. */
  readonly renames: readonly Rename[]
  /**
   * What the server prints after the rename actions (`planRenames`) ran in a clone of `before`. Without it the renames are applied to
   * the facts, which rewrites names inside expressions and view texts as well as it can without understanding SQL.
   */
  readonly renamed?: FactBase
  /** The server to write for; by default what the tag of `after`, or else of `before`, says. */
  readonly server?: Pick<ServerInfo, 'kind' | 'major' | 'version'>
}

export interface ChangeLoss {
  readonly fact: FactId
  readonly loss: 'possible' | 'certain'
  readonly what: string
}

/** How to get from one schema to another: a value that can be printed, judged, proved and only then written to a file. */
export interface ChangePlan {
  /** In the order in which they must run. Empty where there are refusals. */
  readonly actions: readonly Action[]
  readonly deltas: readonly AnyDelta[]
  readonly renames: readonly Rename[]
  /** Why there is no plan: YAMA_SCHEMA_UNSUPPORTED, YAMA_SCHEMA_UNMANAGED_DEPENDS, …; `requirePlan` throws them. */
  readonly refusals: readonly YamaError[]
  readonly losses: readonly ChangeLoss[]
  /** The worst of its actions: what undoing this change costs. */
  readonly reversibility: Reversibility
  /** For a migration's name: `create_users`, `add_email_to_users`, `alter_users`, `create_users_and_2_more`; `''` where nothing changes. */
  readonly summary: string
}
