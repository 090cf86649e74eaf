/*
 * Runs the pairs of difference-cases.json on the local server and prints totals per source and the failing list; with --peers the tools of others
 * beside Yama, and with --coverage it writes the part of docs/reference/coverage.md that is about this server.
 *   YAMA_CORPUS_DIR=… pnpm corpus cases [source] [name part] [--sql] [--peers | --peers-only | --peers-of=REPORT,…] [--coverage] [--report=FILE] [--one] [--slice=FROM-TO]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { caseTable, writeCaseSection } from '../difference-report.ts'
import { differenceCases, runCase, type CaseResult, type DifferenceCase } from '../difference-case.ts'
import { connectTo } from '../local-server.ts'
import { runPeers, type PeerOutcomes } from '../peer-case.ts'
import { PEERS, installPeer, startPeer, type PeerName } from '../peers.ts'

const corpus = process.env['YAMA_CORPUS_DIR'] ?? ''
const [source, part] = process.argv.slice(2).filter((argument) => !argument.startsWith('--') && argument !== 'cases')
const showSql = process.argv.includes('--sql')
const valueOf = (option: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${option}=`))?.slice(option.length + 3)
const report = valueOf('report')
/** Of what is chosen, from which to which: a long run in parts. */
const [from, to] = (valueOf('slice') ?? '').split('-').map((text) => (text === '' ? undefined : Number(text)))
const cases = differenceCases(corpus)
  .filter(
    (one) =>
      (source === undefined || source === 'all' || one.src === source) &&
      (part === undefined || `${one.file ?? ''} ${one.name}`.includes(part)),
  )
  .slice(from, to)

const server = await connectTo('postgres')
const { major, product } = server.server
await server[Symbol.asyncDispose]()

/** A peer that cannot be had is said, and left out of the table. */
async function peersHere(): Promise<readonly PeerName[]> {
  if (!process.argv.some((argument) => argument === '--peers' || argument === '--peers-only')) return []
  const installed: PeerName[] = []
  for (const name of Object.keys(PEERS) as PeerName[]) {
    try {
      await installPeer(name)
      installed.push(name)
    } catch (error) {
      console.error(`NOT INSTALLED: ${PEERS[name]} is not in the comparison. ${String((error as { stderr?: unknown }).stderr ?? error)}`)
    }
  }
  return installed
}

/** What the peers made of the cases in earlier runs, from their reports. */
function peersBefore(): readonly { readonly case: DifferenceCase; readonly peers?: PeerOutcomes }[] {
  const files = valueOf('peers-of')?.split(',') ?? []
  return files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof peersBefore>)
}
const keyOf = ({ src, file = '', name }: DifferenceCase): string => [src, file, name].join('\0')

const installed = await peersHere()
const yama = !process.argv.includes('--peers-only')
const results: CaseResult[] = []
const before = new Map(peersBefore().map((each) => [keyOf(each.case), each.peers]))
const peerResults = new Map(
  cases.flatMap((one) => {
    const known = before.get(keyOf(one))
    return known === undefined ? [] : [[one, known] as const]
  }),
)
const started = Date.now()
const queue = [...cases.entries()].filter(([, { iso }]) => iso !== true)
const alone = [...cases.entries()].filter(([, { iso }]) => iso === true)
/** Now and then, so that a run which is stopped leaves what it has. */
function writeReport(): void {
  if (report !== undefined)
    writeFileSync(
      report,
      JSON.stringify(
        results.map((result) => ({ ...result, peers: peerResults.get(result.case) })),
        null,
        1,
      ),
    )
}

const worker = async (waiting: typeof queue): Promise<void> => {
  const peers = installed.map(startPeer)
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [index, one] = next
    let result: CaseResult
    try {
      result = yama
        ? await runCase(one, `pgx_case_${process.pid}_${index}`, major)
        : { case: one, outcome: 'error', detail: 'not asked', statements: [] }
    } catch (error) {
      result = { case: one, outcome: 'error', detail: `(crash) ${(error as Error).stack ?? ''}`, statements: [] }
    }
    results.push(result)
    if (peers.length > 0 && result.outcome !== 'unloadable') {
      const others = await runPeers(one, `pgx_peer_${process.pid}_${index}`, major, peers)
      if (!('unloadable' in others)) peerResults.set(one, others)
      else if (!yama) results[results.indexOf(result)] = { ...result, outcome: 'unloadable', detail: others.unloadable }
    }
    if (results.length % 50 === 0) {
      writeReport()
      console.error(`${results.length} of ${cases.length} cases, ${Math.round((Date.now() - started) / 1000)} s`)
    }
    const quiet =
      !yama || result.outcome === 'ok' || result.outcome === 'unloadable' || (result.outcome === 'unmanaged' && part === undefined)
    if (!quiet || showSql) console.log(`${result.outcome}: ${one.src} / ${one.file ?? ''} / ${one.name}\n    ${result.detail}`)
    if (showSql) console.log(result.statements.map((sql) => `    ${sql}`).join('\n'))
  }
  for (const peer of peers) await peer[Symbol.asyncDispose]()
}
// A peer that looks at the roles of the whole cluster must not see those of another case come and go.
await Promise.all(installed.length > 0 || process.argv.includes('--one') ? [worker(queue)] : [worker(queue), worker(queue)])
await worker(alone)

console.log(`\n${caseTable(results, peerResults)}`)
writeReport()
if (process.argv.includes('--coverage')) writeCaseSection(product, results, peerResults)
