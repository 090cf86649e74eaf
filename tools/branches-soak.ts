/*
 * Repositories with twenty branches that are merged in random order: main is never broken without `yama check` having said so before.
 * `pnpm soak:branches [--repositories N] [--branches N] [--seed N]`. What the check refuses is merged too, to see whether it was right.
 */
import { parseArgs } from 'node:util'
import { mergedInRandomOrder } from '../test/branches/scripted-repository.ts'

const { values } = parseArgs({
  options: {
    repositories: { type: 'string', default: '5' },
    branches: { type: 'string', default: '20' },
    seed: { type: 'string' },
  },
})
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
let failures = 0
for (let seed = first; seed < first + Number(values.repositories); seed += 1) {
  const { broken, ...run } = await mergedInRandomOrder(seed, Number(values.branches))
  console.log(`seed ${seed}: ${JSON.stringify(run)}`)
  for (const line of broken) console.log(`BROKEN ${line}`)
  failures += broken.length
}
process.exitCode = failures === 0 ? 0 : 1
