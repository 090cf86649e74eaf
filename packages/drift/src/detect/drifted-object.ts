import type { AttributeChange, FactId } from '@yama/schema'
import type { DriftIgnore } from '../ignore/drift-ignores.ts'

/** What was done to the object, seen from what the history made. */
export type DriftOrigin = 'added' | 'removed' | 'changed'

/**
 * Where the entities stand: `by-hand` they are as the history (or there are none), `adopted` they say what the database has already,
 * `conflict` they say a third thing.
 */
export type DriftVerdict = 'by-hand' | 'adopted' | 'conflict'

/** One object that is not as the history made it. */
export interface DriftedObject {
  /** The fact; for what the model does not carry, `unmanaged:KIND NAME`. */
  readonly id: FactId
  /** For people: `column users.email`. */
  readonly object: string
  readonly origin: DriftOrigin
  readonly verdict: DriftVerdict
  /** False: it is named, and neither adopt nor repair can do it. */
  readonly managed: boolean
  /** From what the history made to what is there; only where it was changed. */
  readonly attributes: readonly AttributeChange[]
  /** Everything that came or went with it: the columns of a table. Itself is the first. */
  readonly facts: readonly FactId[]
  /** Who said that it may be so. */
  readonly ignored?: DriftIgnore
}
