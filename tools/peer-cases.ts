/*
 * What the tests of Alembic, Django and Drizzle ask of a graph of migrations, put to Yama: how many hold, which differ and why, which
 * ask for something that Yama has not. `pnpm peers [--write]` prints it, and writes `docs/reference/peer-tests.md`. The truth, both
 * orders executed, is asked of every database that is here.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openBranchBenches } from '../test/branches/benches.ts'
import { truthOf, verdictOf } from '../test/branches/both-orders.ts'
import { caseOn, type BranchCase } from '../test/branches/branch-case.ts'
import { drizzleCases } from '../test/branches/drizzle-cases.ts'
import { missedCases } from '../test/branches/missed-cases.ts'
import { answerCase } from '../test/graph/peers/answer-case.ts'
import { peerTables, type PeerTable } from '../test/graph/peers/peer-tables.ts'

let failures = 0
const share = (part: number, whole: number): string =>
  `${part} of ${whole}${whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)} %)`}`
const count = (lists: PeerTable['differs']): number => lists.reduce((sum, { names }) => sum + names.length, 0)

function graphRow(table: PeerTable): string {
  const holding = table.cases.filter((asked) => {
    const answer = answerCase(table, asked)
    if (answer !== '') {
      failures += 1
      console.log(`${table.project} ${asked.name}: ${answer}`)
    }
    return answer === ''
  }).length
  const [differs, without] = [count(table.differs), count(table.without)]
  return `| ${table.project} | ${share(holding, table.cases.length + differs)} | ${differs} | ${without} |`
}

const named = (title: string, lists: PeerTable['differs']): readonly string[] =>
  lists.length === 0
    ? []
    : [`**${title}**`, '', ...lists.map(({ reason, names }) => `- ${reason}: ${names.map((name) => `\`${name}\``).join(', ')}`), '']

async function branchRows(cases: readonly BranchCase[]): Promise<readonly string[]> {
  const rows: string[] = []
  for (const place of await openBranchBenches()) {
    await using bench = await place.open('empty')
    const tally = { asked: 0, agree: 0, wrong: 0, needless: 0 }
    for (const each of cases) {
      const found = caseOn(each, bench.kind)
      if (found === undefined) continue
      tally.asked += 1
      const verdict = (await verdictOf(bench, found.a, found.b, found.base)) === undefined ? 'commute' : 'conflict'
      const truth = await truthOf(bench, found.a, found.b, found.base)
      if (verdict === each.expect) tally.agree += 1
      else console.log(`${place.name}: ${each.name}: ${verdict}, expected ${each.expect}, both orders: ${truth}`)
      if (truth === 'commute' && verdict === 'conflict') tally.needless += 1
      if (truth === 'not valid alone') console.log(`${place.name}: ${each.name}: a branch fails alone`)
      if (truth !== 'order matters' || verdict === 'conflict') continue
      tally.wrong += 1
      failures += 1
    }
    rows.push(`| ${place.name} | ${share(tally.agree, tally.asked)} | ${tally.wrong} | ${tally.needless} |`)
  }
  return rows
}

const because = (cases: readonly BranchCase[]): readonly string[] =>
  cases.flatMap(({ name, expect, ours }) =>
    ours === undefined || ours.verdict === expect
      ? []
      : [`- ${name}${ours.on === undefined ? '' : ` (${ours.on.join(', ')})`}: ${ours.verdict}, for ${ours.because}`],
  )

const head = [
  '| Database | As expected | Said to commute, wrongly | Said to conflict, though both orders end in the same |',
  '|---|---|---|---|',
]
const [graphs, drizzle, missed] = [peerTables.map(graphRow), await branchRows(drizzleCases), await branchRows(missedCases)]
const page = [
  '# What the tests of other tools ask of a graph',
  '',
  `\`pnpm peers\`, ${new Date().toISOString().slice(0, 10)}. The questions of these tests are written as data (\`test/graph/peers/\`, \`test/branches/\`) in our own words and put to Yama's graph, plan and verdict; they run in CI.`,
  '',
  '## Graphs: branches, merges, dependencies, relative targets, squashes',
  '',
  '| Tests of | Hold | Decided otherwise | Ask for something else |',
  '|---|---|---|---|',
  ...graphs,
  '',
  ...peerTables.flatMap((table) => [
    `### ${table.project}`,
    '',
    `${table.files.map((file) => `\`${file}\``).join(', ')} at ${table.commit} (${table.licence}).`,
    '',
    ...table.notes.map((note) => `- ${note}`),
    '',
    ...named('Decided otherwise', table.differs),
    ...named('Ask for something that is not there', table.without),
  ]),
  '## Branches that commute or not: the cases of Drizzle',
  '',
  "drizzle-kit's tests of commutativity (Apache-2.0, branch `rc5` at 2ead15b and the facet tests at 55db3bc), told as SQL. The truth is both orders executed, schema and rows compared.",
  '',
  ...head,
  ...drizzle,
  '',
  ...because(drizzleCases),
  '',
  '## What comparing snapshots does not see',
  '',
  'Foreign keys against drops, views against columns, triggers against functions, enums, steps that change rows, plain SQL.',
  '',
  ...head,
  ...missed,
  '',
  ...because(missedCases),
  '',
]
console.log([...graphs, ...drizzle, ...missed].join('\n'))
if (process.argv.includes('--write'))
  writeFileSync(join(resolve(import.meta.dirname, '..'), 'docs/reference/peer-tests.md'), page.join('\n').replaceAll(/\n{3,}/g, '\n\n'))
process.exitCode = failures === 0 ? 0 : 1
