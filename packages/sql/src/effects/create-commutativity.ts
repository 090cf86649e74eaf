import type { Commutativity, StatementEffects } from '@yama/core'
import { findConflicts } from './find-conflicts.ts'

/**
 * The judge of a dialect, from what its statements do. Answers are kept by text, for the same statement is asked for again and again.
 *
 * @example createCommutativity((sql) => ({ effects: [], unknown: `nothing is known of ${sql}` }))
 */
export function createCommutativity(effectsOfOne: (statement: string) => StatementEffects): Commutativity {
  const known = new Map<string, StatementEffects>()
  const effectsOf = (statements: readonly string[]): Promise<readonly StatementEffects[]> =>
    Promise.resolve(
      statements.map((text) => {
        const found = known.get(text) ?? effectsOfOne(text)
        known.set(text, found)
        return found
      }),
    )
  return {
    effectsOf,
    conflicts: (migrations, concurrent, context = []) => findConflicts(migrations, concurrent, context, effectsOf),
  }
}
