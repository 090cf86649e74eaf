import { truthOf, verdictOf, type BranchBench } from './both-orders.ts'
import { caseOn, expectedOn, type BranchCase } from './branch-case.ts'
import { drizzleCases } from './drizzle-cases.ts'
import { missedCases } from './missed-cases.ts'
import { rowCases } from './row-cases.ts'

/** Every table of cases, by what they ask. */
export const caseTables: readonly { readonly of: string; readonly cases: readonly BranchCase[] }[] = [
  { of: 'what the tests of Drizzle ask', cases: drizzleCases },
  { of: 'rows that meet, and rows that do not', cases: rowCases },
  { of: 'what comparing snapshots does not see', cases: missedCases },
]

/** The cases whose verdict is another than expected or, where the truth is asked for, wrong; and how many were asked. */
export async function wrongCases(
  bench: BranchBench,
  cases: readonly BranchCase[],
  asksTruth: boolean,
): Promise<{ readonly wrong: readonly string[]; readonly asked: number }> {
  const wrong: string[] = []
  let asked = 0
  for (const each of cases) {
    const found = caseOn(each, bench.kind)
    if (found === undefined) continue
    asked += 1
    const said = await verdictOf(bench, found.a, found.b, found.base)
    const verdict = said === undefined ? 'commute' : 'conflict'
    if (verdict !== expectedOn(each, bench.kind)) wrong.push(`${each.name}: ${said ?? 'said to commute'}`)
    if (!asksTruth) continue
    const truth = await truthOf(bench, found.a, found.b, found.base)
    if (truth === 'not valid alone') wrong.push(`${each.name}: a branch fails alone`)
    if (truth === 'order matters' && verdict === 'commute') wrong.push(`${each.name}: said to commute, and does not`)
  }
  return { wrong, asked }
}
