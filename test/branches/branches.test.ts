import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openBranchBenches } from './benches.ts'
import { truthOf, verdictOf } from './both-orders.ts'
import { randomBranches } from './random-branch.ts'

/** A fixed sample; `pnpm soak:merge` takes thousands. */
const FIRST = 20_261_129
const PAIRS = { sqlite: 60, postgres: 60, mysql: 8 } as const

describe.each(await openBranchBenches())('what is said to commute on $name', ({ open }) => {
  test('does', { timeout: 240_000 }, async () => {
    await using bench = await open()
    const wrong: string[] = []
    let mattered = 0
    for (let seed = FIRST; seed < FIRST + PAIRS[bench.kind]; seed += 1) {
      const [pair] = fc.sample(randomBranches(bench.kind), { seed, numRuns: 1 })
      if (pair === undefined) continue
      const truth = await truthOf(bench, pair.a, pair.b)
      if (truth !== 'order matters') continue
      mattered += 1
      if ((await verdictOf(bench, pair.a, pair.b)) === undefined) wrong.push(`seed ${seed}: ${pair.a.join('; ')} | ${pair.b.join('; ')}`)
    }
    expect(wrong).toEqual([])
    if (bench.kind !== 'mysql') expect(mattered).toBeGreaterThan(0)
  })
})
