import type { RepairAction } from '@yama/core'

/** What a step leads to: the migrations that run, in an order that the graph allows, or the code of a refusal. */
export type Does = readonly string[] | `YAMA_${string}`

/** `parents`: left out for a file without a header, which follows the one before it. Without `up` it makes a table of its name. */
export interface Given {
  readonly parents?: readonly string[]
  readonly up?: string | readonly string[]
  /** `null`: it has no way back. */
  readonly down?: string | null
}

export type Step =
  | { readonly up: string | number; readonly does: Does }
  | { readonly down: number; readonly does: Does }
  | { readonly downTo: string; readonly does: Does }
  | { readonly baseline: readonly string[] | 'all'; readonly does: Does }
  | { readonly repair: RepairAction; readonly id: string; readonly does?: Does }
  /** What changes in the project: a new or changed migration, or one that is gone. */
  | { readonly files: Readonly<Record<string, Given | null>> }
  | { readonly byHand: string }
  /** Exactly these tables of migrations are there. */
  | { readonly tables: readonly string[] }
  | {
      readonly status: {
        readonly applied?: readonly string[]
        readonly pending?: readonly string[]
        readonly missing?: readonly string[]
        readonly edited?: readonly string[]
        readonly cosmetic?: readonly string[]
        readonly late?: readonly string[]
        readonly heads?: readonly string[]
      }
    }
  /** So many events of a type are in the log, of a migration where one is named. */
  | { readonly events: string; readonly of?: string; readonly count: number }

/** A behaviour that a peer's tests or documentation state, as steps that Yama takes. */
export interface Behaviour {
  /** The peer's own name of the case. */
  readonly name: string
  /** What it demands, in our words. */
  readonly says: string
  readonly project?: Readonly<Record<string, Given>>
  readonly steps: readonly Step[]
  /** Where Yama does otherwise on purpose: why. The steps are then what Yama does. */
  readonly differs?: string
}

/** A case that nothing of Yama corresponds to. */
export interface Apart {
  readonly name: string
  readonly why: string
}

/** The cases of one file or page of a peer. */
export interface PeerList {
  readonly peer: string
  /** Repository and path, or the page. */
  readonly source: string
  readonly behaviours: readonly Behaviour[]
  readonly apart: readonly Apart[]
}

/** Migrations without headers, one after the other. */
export const files = (...ids: readonly string[]): Readonly<Record<string, Given>> => Object.fromEntries(ids.map((id) => [id, {}]))

/** A graph: each migration with its parents. */
export const graph = (parents: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, Given>> =>
  Object.fromEntries(Object.entries(parents).map(([id, list]) => [id, { parents: list }]))
