import { stateHash } from '../hash/state-hash.ts'
import { childrenOf, dependentsOf } from './base-index.ts'
import type { FactBase } from './fact.ts'

/**
 * Derives now what a plan asks of a base: its hash, and who belongs to whom and needs what. Nothing is different afterwards but the time that the plan
 * takes; for whoever waits for a server meanwhile.
 *
 * @example
 * prepareBase(factBase('pg15:s1', []))
 */
export function prepareBase(base: FactBase): void {
  const [first] = base.facts.keys()
  if (first === undefined) return
  stateHash(base)
  childrenOf(base, first)
  dependentsOf(base, first)
}
