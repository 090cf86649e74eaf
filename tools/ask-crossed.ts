import { truthOf, verdictOf, type BranchBench } from '../test/branches/both-orders.ts'
import { crossedBranches } from '../test/branches/crossed/crossed-branches.ts'
import type { KnownTruths } from './known-truths.ts'

/** Each of the branches written to trip the judge beside each other one, where they are said to commute. How many are said so wrongly. */
export async function askCrossed(
  bench: BranchBench,
  place: string,
  truths: KnownTruths,
  { share, verbose }: { readonly share: number; readonly verbose: boolean },
): Promise<number> {
  const { base: first, own, branches } = crossedBranches[bench.kind]
  const base = [...first, ...own]
  const tally = { asked: 0, conflict: 0, invalid: 0, wrong: 0 }
  const alone = new Map<readonly string[], boolean>()
  for (const branch of branches) {
    const truth = await truths.of(place, [...base, ...branch], [], async () => await truthOf(bench, branch, [], own))
    alone.set(branch, truth !== 'not valid alone')
    if (truth === 'not valid alone' && verbose) console.log(`fails alone on ${place}: ${branch.join('; ')}`)
  }
  let number = 0
  for (const [at, a] of branches.entries()) {
    for (const b of branches.slice(at)) {
      number += 1
      if (number % share !== 0) continue
      if (alone.get(a) !== true || alone.get(b) !== true) {
        tally.invalid += 1
        continue
      }
      if ((await verdictOf(bench, a, b, base)) !== undefined) {
        tally.conflict += 1
        continue
      }
      tally.asked += 1
      if ((await truths.of(place, [...base, ...a], b, async () => await truthOf(bench, a, b, own))) === 'commute') continue
      tally.wrong += 1
      console.log(`WRONG ${place}: ${a.join('; ')} | ${b.join('; ')}`)
    }
  }
  console.log(
    `${place}: ${tally.asked} pairs said to commute, ${tally.wrong} wrongly; ${tally.conflict} said to conflict, ${tally.invalid} not valid`,
  )
  return tally.wrong
}
