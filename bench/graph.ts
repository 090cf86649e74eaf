import { buildGraph, makePlan, rawHash, type Dialect, type HistoryState, type Migration, type MigrationGraph } from '@yama/core'

// Run with: node --conditions=yama-source --import tsx bench/graph.ts
// Migrations are in memory; reading files is measured elsewhere.

const COUNT = Number(process.argv[2] ?? 100_000)
const RUNS = 5

const migration = (index: number, parents: readonly string[] | undefined): Migration => {
  const id = `m_${index}`
  const text = `create table t_${index} (id integer)`
  return {
    id,
    name: `${index}_create_t_${index}`,
    version: String(index),
    file: `migrations/${index}_create_t_${index}.sql`,
    kind: 'sql',
    parents: (parents ?? []).map((parent) => ({ id: parent })),
    phase: 'expand',
    up: [{ kind: 'sql', text, transaction: 'any' }],
    transaction: { up: 'auto', down: 'auto' },
    metadata: { other: {} },
    requires: [],
    rawHash: rawHash(text),
    semanticHash: rawHash(text),
    body: text,
    headerless: parents === undefined,
  }
}

/** Eight teams, each with a chain of its own, merging every hundred migrations. */
const braided = (index: number): readonly string[] => {
  if (index < 8) return []
  if (index % 100 === 0) return Array.from({ length: 8 }, (_, team) => `m_${index - 1 - team}`)
  return [`m_${index - 8}`]
}

const shapes = {
  'one chain without headers': () => undefined,
  'one chain with headers': (index: number) => (index === 0 ? [] : [`m_${index - 1}`]),
  'eight braided chains': braided,
  'no edges': () => [],
} satisfies Record<string, (index: number) => readonly string[] | undefined>

const empty: HistoryState = {
  exists: false,
  databaseId: '',
  environment: undefined,
  format: 1,
  chainSeq: 0,
  chainHead: '',
  now: new Date(0).toISOString(),
  migrations: [],
  openSteps: [],
}
const dialect = {
  capabilities: { transactionalDdl: true, lockScope: 'session', concurrentIndex: false, batch: true },
  describeStatement: () => ({ verb: 'CREATE TABLE', class: 'ddl', loss: 'none' }),
} as unknown as Dialect

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

for (const [name, parents] of Object.entries(shapes)) {
  // A fixed stride visits all of them in an order which no sort likes.
  const migrations = Array.from({ length: COUNT }, (_, n) => (n * 7919) % COUNT).map((index) => migration(index, parents(index)))
  const sorts: number[] = []
  const plans: number[] = []
  const cpu: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage()
    const start = performance.now()
    const graph: MigrationGraph = buildGraph(migrations)
    const sorted = performance.now()
    const plan = makePlan({ graph, history: empty, target: { up: 'latest' }, dialect, project: 'bench' })
    sorts.push(sorted - start)
    plans.push(performance.now() - sorted)
    const { user, system } = process.cpuUsage(before)
    cpu.push((user + system) / 1000)
    if (plan.migrations.length !== COUNT) process.exitCode = 1
  }
  console.log(
    `${COUNT} migrations, ${name}: sorted in ${median(sorts).toFixed(0)} ms, planned in ${median(plans).toFixed(0)} ms, CPU ${median(cpu).toFixed(0)} ms (medians of ${RUNS})`,
  )
}
