import type { BranchCase } from './branch-case.ts'
import { dependentCases } from './missed/dependents.ts'
import { keyCases } from './missed/keys-and-copies.ts'
import { nameCases } from './missed/names.ts'
import { numberCases } from './missed/numbers.ts'
import { orderCases } from './missed/order-of-rows.ts'
import { parentCases } from './missed/parents.ts'
import { rowCases } from './missed/rows.ts'
import { againCases } from './missed/said-again.ts'

/*
 * What a comparison of snapshots does not see: keys, views, triggers and functions that look at what the other branch changes, steps
 * that change rows, plain SQL, and what the server does by itself.
 */

export const missedCases: readonly BranchCase[] = [
  ...dependentCases,
  ...nameCases,
  ...rowCases,
  ...numberCases,
  ...keyCases,
  ...againCases,
  ...parentCases,
  ...orderCases,
]
