import type { Action, FactId } from '@yama/schema'
import { action } from '../rules/action.ts'

/** Marks that order the two pragmas around every rebuild of a migration; no facts, only names. */
export const KEYS_OFF: FactId = 'pragma:foreign_keys_off'
export const KEYS_ON: FactId = 'pragma:foreign_keys_on'

/**
 * The pragma stands in the file for people and for other tools. Yama's connection looks for it and for DROP TABLE before it
 * begins the transaction, switches the keys off there, where it works, and checks them before the commit.
 */
export function pragmaActions(subject: FactId): { readonly first: Action; readonly last: Action } {
  const because = { fact: subject, change: 'replace' } as const
  const common = { rewrite: false, sequence: 'foreign keys' }
  return {
    first: action(
      'PRAGMA foreign_keys = OFF',
      'rebuild tables with foreign keys off, so that no cascade deletes rows of other tables',
      because,
      { ...common, produces: [KEYS_OFF], weight: 3 },
    ),
    last: action('PRAGMA foreign_keys = ON', 'foreign keys are checked before the commit and on again', because, {
      ...common,
      destroys: [KEYS_ON],
      weight: 60,
    }),
  }
}
