import { expect, test } from 'vitest'
import { flaws } from '../contention/contend.ts'
import { contendOn, contentionPlaces } from '../contention/contention-places.ts'

const places = await contentionPlaces()

// A sample: `pnpm soak:contention` starts 32.
test.each(places)('six runners started together apply each migration once on $name', async (place) => {
  const { contention, result } = await contendOn(place, { runners: 6, migrations: 12, kills: 0, seed: 1 })
  expect(flaws(result, contention)).toEqual([])
})

test.each(places)('with two of them killed too, on $name', async (place) => {
  const { contention, result } = await contendOn(place, { runners: 6, migrations: 12, kills: 2, seed: 20_261_129 })
  expect(flaws(result, contention)).toEqual([])
})
