import {
  buildGraph,
  compareHistory,
  makePlan,
  resolveChain,
  resolveTargets,
  YamaError,
  type HistoryState,
  type Migration,
  type MigrationGraph,
  type MigrationRow,
  type Plan,
} from '@yama/core'
import { sqlite } from '@yama/sqlite'
import type { Ids, PeerCase, PeerGraph, PeerTable } from './peer-tables.ts'

const dialect = sqlite({ url: 'sqlite::memory:' })

/** What Yama answers, as text: empty where it is what the table says. */
export function answerCase(table: PeerTable, asked: PeerCase): string {
  try {
    const wrong = answers(table, asked).filter((line) => line !== '')
    if (wrong.length > 0) return wrong.join('; ')
    return asked.refuses === undefined ? '' : `not refused, ${asked.refuses} was expected`
  } catch (error) {
    if (!YamaError.is(error)) throw error
    return error.code === asked.refuses ? '' : `refused: ${error.code}`
  }
}

function answers({ graphs, covers }: PeerTable, asked: PeerCase): readonly string[] {
  const migrations = migrationsOf(graphs[asked.graph] ?? {}, covers?.[asked.graph] ?? {})
  const bare = buildGraph(migrations)
  const applied = asked.applied === undefined ? closed(bare, asked.from ?? '') : words(asked.applied)
  const history = historyOf(applied, migrations)
  const chain = resolveChain(migrations, history.migrations)
  const graph = buildGraph(migrations, chain)
  const plan = (target: Parameters<typeof makePlan>[0]['target']): Plan =>
    makePlan({ graph, history, target, dialect, project: 'default', late: chain.late })
  const lines: string[] = []
  if (asked.roots !== undefined) lines.push(same('roots', graph.roots(), asked.roots))
  if (asked.target !== undefined) lines.push(same(asked.target, resolveTargets(asked.target, graph, history), asked.is ?? ''))
  if (asked.parentsOf !== undefined) lines.push(same('parents', graph.get(asked.parentsOf)?.parents ?? [], asked.are ?? ''))
  if (asked.above !== undefined) lines.push(same('above', [...graph.ancestors(asked.above)], asked.are ?? ''))
  if (asked.between !== undefined) lines.push(same('between', within(graph, asked, true), asked.are ?? ''))
  if (asked.below !== undefined) lines.push(same('below', within(graph, asked, false), asked.are ?? ''))
  const moved: string[] = []
  if (asked.up !== undefined) {
    for (const target of words(asked.up === '' ? 'head' : asked.up)) {
      for (const { node } of plan({ up: target === 'head' ? 'latest' : target }).migrations)
        if (!moved.includes(node.migration.id) && node.migration.adopted !== true) moved.push(node.migration.id)
    }
    lines.push(same('applies', moved, everyOne(asked.applies, migrations)), ordered(graph, moved))
  }
  if (asked.down !== undefined) {
    moved.push(...plan({ downTo: asked.down }).migrations.map(({ node }) => node.migration.id))
    lines.push(same('reverts', moved, everyOne(asked.reverts, migrations)), ordered(graph, moved.toReversed()))
  }
  const after = asked.down === undefined ? [...applied, ...moved] : applied.filter((id) => !moved.includes(id))
  if (asked.heads !== undefined)
    lines.push(
      same('heads', asked.up === undefined && asked.down === undefined ? graph.heads() : headsOf(graph, after, migrations), asked.heads),
    )
  const done = [...applied]
  for (const step of asked.steps ?? []) {
    const [id = '', heads = ''] = step.split(': ')
    done.push(id)
    lines.push(same(`heads after ${id}`, headsOf(graph, done, migrations), heads))
  }
  return lines
}

const words = (ids: Ids): readonly string[] => ids.split(' ').filter((id) => id !== '')
const everyOne = (ids: Ids = '', migrations: readonly Migration[]): Ids =>
  ids === 'every one' ? migrations.map(({ id }) => id).join(' ') : ids

function same(what: string, found: readonly string[], wanted: Ids): string {
  const [is, should] = [found.toSorted().join(' '), [...words(wanted)].sort().join(' ')]
  return is === should ? '' : `${what}: ${is === '' ? 'none' : is}`
}

/** Everything after what it needs. */
function ordered(graph: MigrationGraph, ids: readonly string[]): string {
  const early = ids.find((id, at) => graph.get(id)?.parents.some((parent) => ids.indexOf(parent) > at) === true)
  return early === undefined ? '' : `${early} before what it needs`
}

const closed = (graph: MigrationGraph, ids: Ids): readonly string[] => {
  const reached = graph.closure(words(ids))
  return graph.order().flatMap(({ migration: { id } }) => (reached.has(id) ? [id] : []))
}

function within(graph: MigrationGraph, { between, below, and }: PeerCase, itself: boolean): readonly string[] {
  const starts = words(between ?? below ?? '')
  const found = new Set(starts.flatMap((id) => [...(itself ? [id] : []), ...graph.descendants(id)]))
  if (and === undefined) return [...found]
  const needed = graph.closure(words(and))
  return [...found].filter((id) => needed.has(id))
}

const headsOf = (graph: MigrationGraph, applied: readonly string[], migrations: readonly Migration[]): readonly string[] =>
  compareHistory(graph, historyOf(applied, migrations)).heads

function migrationsOf(graph: PeerGraph, covers: Readonly<Record<string, Ids>>): readonly Migration[] {
  const parents = typeof graph === 'string' ? generated(graph) : graph
  const replaced = new Set(Object.values(covers).flatMap((ids) => [...words(ids)]))
  return Object.entries(parents).map(([id, ids]): Migration => ({
    id,
    name: id,
    version: /^\d*/.exec(id)?.[0] ?? '',
    file: `migrations/${id}.sql`,
    kind: 'sql',
    parents: words(ids).map((parent) => ({ id: parent })),
    phase: 'expand',
    up: [{ kind: 'sql', text: `CREATE TABLE t_${id} (id int)`, transaction: 'any' }],
    down: [{ kind: 'sql', text: `DROP TABLE t_${id}`, transaction: 'any' }],
    ...(covers[id] === undefined ? {} : { covers: words(covers[id]).map((original) => ({ id: original })) }),
    ...(replaced.has(id) ? { archived: true as const } : {}),
    transaction: { up: 'auto', down: 'auto' },
    metadata: { other: {} },
    requires: [],
    rawHash: `y1:sha256:${id}`,
    semanticHash: `y1:sha256:${id}`,
    body: '',
    headerless: false,
  }))
}

/** A long line, or a line of diamonds: `a1` before `b1` and `c1`, both before `a2`. */
function generated(text: string): Readonly<Record<string, Ids>> {
  const [shape, count = '0'] = text.split(' ')
  const made: Record<string, Ids> = {}
  const name = (letter: string, at: number): string => `${letter}${String(at).padStart(3, '0')}`
  for (let at = 1; at <= Number(count); at += 1) {
    if (shape === 'chain') made[name('n', at)] = at === 1 ? '' : name('n', at - 1)
    else {
      made[name('a', at)] = at === 1 ? '' : `${name('b', at - 1)} ${name('c', at - 1)}`
      if (at < Number(count)) for (const letter of ['b', 'c']) made[name(letter, at)] = name('a', at)
    }
  }
  return made
}

function historyOf(applied: readonly string[], migrations: readonly Migration[]): HistoryState {
  const byId = new Map(migrations.map((migration) => [migration.id, migration]))
  return {
    exists: true,
    databaseId: 'db',
    environment: undefined,
    format: 1,
    chainSeq: 0,
    chainHead: '',
    now: '2026-01-01T00:00:00.000Z',
    openSteps: [],
    migrations: applied.map((id, index): MigrationRow => {
      const migration = byId.get(id)
      return {
        id,
        name: id,
        version: migration?.version ?? '',
        kind: 'sql',
        status: 'applied',
        parents: (migration?.parents ?? []).map((parent) => parent.id),
        ...(migration?.covers === undefined ? {} : { covers: migration.covers.map((original) => original.id) }),
        link: 'x',
        rawHash: migration?.rawHash ?? `y1:sha256:${id}`,
        semanticHash: migration?.semanticHash ?? `y1:sha256:${id}`,
        runId: 'run',
        appliedSeq: index + 1,
        appliedAt: '2026-01-01T00:00:00.000Z',
        durationMs: 0,
        toolVersion: '1',
      }
    }),
  }
}
