import type { KindFile } from './kind-file.ts'
import type { FactId } from './fact.ts'

/** A sequence. One that belongs to an identity or serial column is part of that column instead. */
export interface SequencePayload {
  readonly type: string
  readonly start: string
  readonly increment: string
  readonly min: string
  readonly max: string
  readonly cache: string
  readonly cycle: boolean
  /** PostgreSQL: its numbers start anew after a crash. */
  readonly unlogged?: boolean
  readonly comment?: string
  /** MariaDB, where it is not InnoDB. */
  readonly engine?: string
  /** PostgreSQL: the column that takes the sequence along when it is dropped. No dependency: it would be a cycle with the column's default. */
  readonly ownedBy?: FactId
}

export const sequenceKind: KindFile<'sequence'> = {
  rename: ({ payload }, names) => (payload.ownedBy === undefined ? payload : { ...payload, ownedBy: names.id(payload.ownedBy) }),
  mentions: () => [],
  check: () => [],
}
