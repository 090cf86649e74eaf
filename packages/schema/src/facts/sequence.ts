/** A sequence. One that belongs to an identity or serial column is part of that column instead. */
export interface SequencePayload {
  readonly type: string
  readonly start: string
  readonly increment: string
  readonly min: string
  readonly max: string
  readonly cache: string
  readonly cycle: boolean
  readonly comment?: string
}
