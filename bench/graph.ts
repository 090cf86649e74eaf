import { buildGraph, makePlan, rawHash, type Dialect, type HistoryState, type Migration } from '@yama/core'
import { median, type Sample } from './measure.ts'
import { atMost, type Result, type Row, type Target } from './result.ts'

const COUNT = 100_000
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

/** Sorting and planning migrations that are in memory; reading files is measured elsewhere. */
export function graph(): Result {
  const rows: Row[] = []
  const targets: Target[] = []
  for (const [name, parents] of Object.entries(shapes)) {
    // A fixed stride visits all of them in an order which no sort likes.
    const migrations = Array.from({ length: COUNT }, (_, n) => (n * 7919) % COUNT).map((index) => migration(index, parents(index)))
    const samples: Sample[] = []
    const sorts: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const before = process.cpuUsage()
      const start = performance.now()
      const built = buildGraph(migrations)
      sorts.push((performance.now() - start) / 1000)
      const plan = makePlan({ graph: built, history: empty, target: { up: 'latest' }, dialect, project: 'bench' })
      const { user, system } = process.cpuUsage(before)
      samples.push({ wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 })
      if (plan.migrations.length !== COUNT) throw new Error('the plan is not whole')
    }
    const wall = median(samples.map((sample) => sample.wall))
    rows.push({ name, wall, cpu: median(samples.map((sample) => sample.cpu)), note: `of it sorted in ${median(sorts).toFixed(3)} s` })
    targets.push(atMost(`${name}: under 1 s`, wall, 1))
  }
  return { title: 'The graph of 100,000 migrations', about: `Sort and plan, medians of ${RUNS}.`, rows, targets }
}
