import { describe, expect, test } from 'vitest'
import { openBranchBenches } from './benches.ts'
import { caseOn, expectedOn, type BranchCase } from './branch-case.ts'
import { verdictOf, truthOf } from './both-orders.ts'
import { drizzleCases } from './drizzle-cases.ts'
import { missedCases } from './missed-cases.ts'

const tables: readonly { readonly of: string; readonly cases: readonly BranchCase[] }[] = [
  { of: 'what the tests of Drizzle ask', cases: drizzleCases },
  { of: 'what comparing snapshots does not see', cases: missedCases },
]

describe.each(await openBranchBenches())('two branches on $name', ({ open }) => {
  test.each(tables)('$of', { timeout: 240_000 }, async ({ cases }) => {
    await using bench = await open('empty')
    const wrong: string[] = []
    let asked = 0
    for (const each of cases) {
      const found = caseOn(each, bench.kind)
      if (found === undefined) continue
      asked += 1
      const said = await verdictOf(bench, found.a, found.b, found.base)
      const verdict = said === undefined ? 'commute' : 'conflict'
      if (verdict !== expectedOn(each, bench.kind)) wrong.push(`${each.name}: ${said ?? 'said to commute'}`)
      // Where DDL is rolled back the truth costs little; for MySQL and MariaDB `pnpm soak:merge --cases` asks for it.
      if (bench.kind === 'mysql') continue
      const truth = await truthOf(bench, found.a, found.b, found.base)
      if (truth === 'not valid alone') wrong.push(`${each.name}: a branch fails alone`)
      if (truth === 'order matters' && verdict === 'commute') wrong.push(`${each.name}: said to commute, and does not`)
    }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(20)
  })
})
