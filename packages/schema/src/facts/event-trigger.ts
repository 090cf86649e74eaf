import type { KindFile } from './kind-file.ts'

/** A trigger of the whole database, on DDL. */
export interface EventTriggerPayload {
  readonly event: string
  /** Qualified name of the function. */
  readonly function: string
  /** Commands; empty means every one. */
  readonly tags: readonly string[]
  readonly enabled?: 'disabled' | 'replica' | 'always'
  readonly comment?: string
}

export const eventTriggerKind: KindFile<'eventTrigger'> = {
  rename: (fact) => fact.payload,
  mentions: () => [],
  check: () => [],
}
