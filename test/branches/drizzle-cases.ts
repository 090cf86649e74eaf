import type { BranchCase } from './branch-case.ts'
import { statementCases } from './drizzle/statements.ts'
import { integrationCases } from './drizzle/integration.ts'
import { facetCases } from './drizzle/facets.ts'

/*
 * What the commutativity tests of drizzle-kit ask (Apache-2.0; drizzle-team/drizzle-orm, branch rc5 at 2ead15b and the facet tests at
 * 55db3bc: drizzle-kit/tests/{postgres,mysql,sqlite}/commutativity*.test.ts), told as SQL. Where the snapshots of a test are no schema
 * that a database takes (a column without its table), the nearest one stands here.
 */

export const drizzleCases: readonly BranchCase[] = [...statementCases, ...integrationCases, ...facetCases]
