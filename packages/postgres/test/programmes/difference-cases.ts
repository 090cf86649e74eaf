/*
 * Runs the pairs of difference-cases.json on the local server and prints totals per source and the failing list.
 *   YAMA_CORPUS_DIR=… node --conditions=yama-source --import tsx packages/postgres/test/programmes/difference-cases.ts [source] [name part] [--sql]
 */
import { writeFileSync } from 'node:fs'
import { differenceCases, runCase, type CaseResult } from '../difference-case.ts'
import { connectTo } from '../local-server.ts'

const corpus = process.env['YAMA_CORPUS_DIR'] ?? ''
const [source, part] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const showSql = process.argv.includes('--sql')
const report = process.argv.find((argument) => argument.startsWith('--report='))?.slice('--report='.length)
const cases = differenceCases(corpus).filter(
  (one) =>
    (source === undefined || source === 'all' || one.src === source) &&
    (part === undefined || `${one.file ?? ''} ${one.name}`.includes(part)),
)

const server = await connectTo('postgres')
const { major } = server.server
await server[Symbol.asyncDispose]()

const results: CaseResult[] = []
const queue = [...cases.entries()]
const worker = async (): Promise<void> => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [index, one] = next
    let result: CaseResult
    try {
      result = await runCase(one, `pgx_case_${process.pid}_${index}`, major)
    } catch (error) {
      result = { case: one, outcome: 'error', detail: `(crash) ${(error as Error).stack ?? ''}`, statements: [] }
    }
    results.push(result)
    const quiet = result.outcome === 'ok' || result.outcome === 'unloadable' || (result.outcome === 'unmanaged' && part === undefined)
    if (!quiet || showSql) console.log(`${result.outcome}: ${one.src} / ${one.file ?? ''} / ${one.name}\n    ${result.detail}`)
    if (showSql) console.log(result.statements.map((sql) => `    ${sql}`).join('\n'))
  }
}
await Promise.all([worker(), worker()])

const outcomes = [
  'ok',
  'unmanaged',
  'unloadable',
  'refused',
  'error',
  'not-converged',
  'dump-differs',
  'down-refused',
  'down-error',
  'down-not-restored',
  'down-dump-differs',
] as const
const row = (name: string, list: readonly CaseResult[]): string => {
  const count = (outcome: string): number => list.filter((result) => result.outcome === outcome).length
  const managed = list.length - count('unmanaged') - count('unloadable')
  const failing = outcomes
    .slice(3)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `${outcome} ${count(outcome)}`)
  const up = list.filter((result) => result.outcome === 'ok' || result.outcome.startsWith('down-')).length
  const strict = list.filter((result) => result.outcome === 'ok' && result.strict === true).length
  return `${name.padEnd(16)} managed ${managed}: up ${up} (${((100 * up) / managed).toFixed(1)} %), up and down ${count('ok')} (${((100 * count('ok')) / managed).toFixed(1)} %), strict dump ${strict} · unmanaged ${count('unmanaged')} · unloadable ${count('unloadable')}${failing.length === 0 ? '' : ` · ${failing.join(', ')}`}`
}
console.log()
for (const name of [...new Set(results.map((result) => result.case.src))].sort())
  console.log(
    row(
      name,
      results.filter((result) => result.case.src === name),
    ),
  )
console.log(row('total', results))
if (report !== undefined) writeFileSync(report, JSON.stringify(results, null, 1))
