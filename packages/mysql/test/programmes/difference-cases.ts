/*
 * Runs the pairs of difference-cases.json and of packages/mysql/test/difference-cases.json on every server of the environment and prints totals per
 * source and the failing list.
 *   YAMA_CORPUS_DIR=… YAMA_TEST_MARIADB_URL=… node --conditions=yama-source --import tsx packages/mysql/test/programmes/difference-cases.ts [name part] [--sql]
 */
import { differenceCases, runCase, type CaseResult } from '../difference-case.ts'
import { schemaServers } from '../schema-server.ts'

const [part] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const showSql = process.argv.includes('--sql')
const verbose = process.argv.includes('--all')
const cases = differenceCases(process.env['YAMA_CORPUS_DIR']).filter(
  (one) => part === undefined || `${one.src} ${one.file ?? ''} ${one.name}`.includes(part),
)

const row = (name: string, list: readonly CaseResult[]): string => {
  const count = (outcome: string): number => list.filter((result) => result.outcome === outcome).length
  const loaded = list.length - count('unloadable')
  const others = [...new Set(list.map(({ outcome }) => outcome))]
    .filter((outcome) => outcome !== 'ok' && outcome !== 'unloadable')
    .map((outcome) => `${outcome} ${String(count(outcome))}`)
  return `${name.padEnd(16)} ${String(count('ok'))} of ${String(loaded)} (${((100 * count('ok')) / Math.max(1, loaded)).toFixed(1)} %) · unloadable ${String(count('unloadable'))}${others.length === 0 ? '' : ` · ${others.join(', ')}`}`
}

for (const server of schemaServers) {
  console.log(`\n${server.kind}`)
  const results: CaseResult[] = []
  const queue = [...cases]
  const worker = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const current = one
      const result = await runCase(current, server).catch((error: unknown): CaseResult => ({
        case: current,
        outcome: 'error',
        detail: `(crash) ${(error as Error).stack ?? ''}`,
        statements: [],
      }))
      results.push(result)
      const quiet = result.outcome === 'ok' || (result.outcome === 'unloadable' && !verbose)
      if (!quiet || showSql)
        console.log(`${result.outcome}: ${current.src} / ${current.file ?? ''} / ${current.name}\n    ${result.detail}`)
      if (showSql) console.log(result.statements.map((sql) => `    ${sql}`).join('\n'))
    }
  }
  await Promise.all([worker(), worker()])
  console.log()
  for (const name of [...new Set(results.map((result) => result.case.src))].sort())
    console.log(
      row(
        name,
        results.filter((result) => result.case.src === name),
      ),
    )
  console.log(row('total', results))
}
