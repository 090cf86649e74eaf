/*
 * Random pairs of branches on one base: what the judge says against the truth, which is both orders executed, schema and rows
 * compared. `pnpm soak:merge [--pairs N] [--seed N] [--only sqlite|postgres|mariadb|mysql] [--write]`. A pair that is said to
 * commute and does not is a failure; needless conflicts are counted. `--cases`: the cases of test/branches/ instead, with the truth everywhere.
 * `--truths FILE` keeps what was found, for when the judge is changed.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { openBranchBenches } from '../test/branches/benches.ts'
import { truthOf, verdictOf } from '../test/branches/both-orders.ts'
import { randomBranches } from '../test/branches/random-branch.ts'
import { caseTables, wrongCases } from '../test/branches/wrong-cases.ts'
import { askCrossed } from './ask-crossed.ts'
import { knownTruths } from './known-truths.ts'

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    cases: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    truths: { type: 'string' },
    crossed: { type: 'boolean', default: false },
    share: { type: 'string', default: '1' },
  },
})
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const lines: string[] = []
let failures = 0
const truths = knownTruths(values.truths)
for (const place of await openBranchBenches(values.only)) {
  if (values.cases) {
    await using empty = await place.open('empty')
    for (const { of, cases } of caseTables) {
      const { wrong, asked } = await wrongCases(empty, cases, true)
      console.log(`${place.name}: ${of}, ${asked} cases, ${wrong.length} wrong`)
      for (const line of wrong) console.log(`  ${line}`)
      failures += wrong.length
    }
    continue
  }
  if (values.crossed) {
    await using crossed = await place.open('crossed')
    failures += await askCrossed(crossed, place.name, truths, { share: Number(values.share), verbose: values.verbose })
    continue
  }
  await using bench = await place.open()
  const tally = { commute: 0, matters: 0, invalid: 0, needless: 0, wrong: 0 }
  for (let index = 0; index < Number(values.pairs); index += 1) {
    const seed = first + index
    const [pair] = fc.sample(randomBranches(bench.kind), { seed, numRuns: 1 })
    if (pair === undefined) continue
    const truth = await truths.of(place.name, pair.a, pair.b, async () => await truthOf(bench, pair.a, pair.b))
    if (truth === 'not valid alone') {
      tally.invalid += 1
      continue
    }
    const verdict = await verdictOf(bench, pair.a, pair.b)
    tally[truth === 'commute' ? 'commute' : 'matters'] += 1
    if (truth === 'commute' && verdict !== undefined) {
      tally.needless += 1
      if (values.verbose) console.log(`needless, seed ${seed}: ${pair.a.join('; ')} | ${pair.b.join('; ')}: ${verdict}`)
    }
    if (truth === 'order matters' && verdict === undefined) {
      tally.wrong += 1
      console.log(`WRONG ${place.name}, seed ${seed}: ${pair.a.join('; ')} | ${pair.b.join('; ')}`)
    }
    if (index % 200 === 199) process.stderr.write(`${place.name}: ${index + 1} pairs, ${tally.wrong} wrong\n`)
  }
  failures += tally.wrong
  const judged = tally.commute + tally.matters
  const rate = tally.commute === 0 ? '–' : `${((100 * tally.needless) / tally.commute).toFixed(1)} %`
  lines.push(
    `| ${place.name} | ${judged} | ${tally.matters} | ${tally.wrong} | ${tally.needless} of ${tally.commute} (${rate}) | ${first} |`,
  )
  console.log(lines.at(-1))
}
if (values.write) {
  const page = [
    '# Verdicts on concurrent migrations, against the truth',
    '',
    `\`pnpm soak:merge --pairs ${values.pairs}\`, ${new Date().toISOString().slice(0, 10)}. Random pairs of branches on one base; the truth is both orders executed, schema and rows compared.`,
    '',
    '| Database | Pairs | Order matters | Said to commute, wrongly | Said to conflict, needlessly | First seed |',
    '|---|---|---|---|---|---|',
    ...lines,
    '',
  ]
  writeFileSync(join(resolve(import.meta.dirname, '..'), 'docs/reference/merge-verdicts.md'), page.join('\n'))
}
process.exitCode = failures === 0 ? 0 : 1
