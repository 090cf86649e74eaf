import type { BranchCase } from './branch-case.ts'
import { dependentCases } from './missed/dependents.ts'
import { nameCases } from './missed/names.ts'
import { rowCases } from './missed/rows.ts'

/*
 * What a comparison of snapshots does not see: keys, views, triggers and functions that look at what the other branch changes, steps
 * that change rows, and plain SQL.
 */

export const missedCases: readonly BranchCase[] = [...dependentCases, ...nameCases, ...rowCases]
