import alembic from './alembic.json' with { type: 'json' }
import django from './django.json' with { type: 'json' }

/** Ids with blanks between them. */
export type Ids = string

/** One question to a graph and its answer. `from` is what is applied, with all that it needs; `applied` lists it in order. */
export interface PeerCase {
  readonly name: string
  readonly graph: string
  readonly from?: Ids
  readonly applied?: Ids
  readonly up?: Ids
  readonly applies?: Ids
  readonly down?: string
  readonly reverts?: Ids
  readonly heads?: Ids
  readonly roots?: Ids
  readonly target?: string
  readonly is?: Ids
  readonly parentsOf?: string
  /** From these on, themselves among them, as far as `and` needs them. */
  readonly between?: Ids
  /** What stands on these. */
  readonly below?: Ids
  readonly above?: string
  readonly and?: Ids
  readonly are?: Ids
  /** `applied next: heads then`. */
  readonly steps?: readonly string[]
  readonly refuses?: string
}

interface Named {
  readonly reason: string
  readonly names: readonly string[]
}

/** Parents by id, or `chain 7` and `diamonds 7`. */
export type PeerGraph = Readonly<Record<string, Ids>> | string

export interface PeerTable {
  readonly project: string
  readonly licence: string
  readonly files: readonly string[]
  readonly commit: string
  readonly notes: readonly string[]
  readonly graphs: Readonly<Record<string, PeerGraph>>
  readonly covers?: Readonly<Record<string, Readonly<Record<string, Ids>>>>
  readonly cases: readonly PeerCase[]
  /** Where Yama decides otherwise, and why. */
  readonly differs: readonly Named[]
  /** What asks nothing that Yama has. */
  readonly without: readonly Named[]
}

export const peerTables: readonly PeerTable[] = [alembic, django]
