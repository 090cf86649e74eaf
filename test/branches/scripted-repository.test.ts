import { expect, test } from 'vitest'
import { mergedInRandomOrder } from './scripted-repository.ts'

/** One repository with a few branches here; `pnpm soak:branches` makes as many as it is told, of twenty branches each. */
test('main is never broken without the check having said so before the merge', { timeout: 240_000 }, async () => {
  const run = await mergedInRandomOrder(20_261_129, 6)
  console.log(`seed 20261129: ${JSON.stringify(run)}`)
  expect(run.broken).toEqual([])
  expect(run.merged).toBeGreaterThan(3)
  expect(run.told).toBeGreaterThan(0)
})
