import type { YamaConfig } from '../contract/config.ts'
import type { GraphNode, MigrationGraph } from '../contract/graph.ts'
import type { HistoryState } from '../contract/history.ts'
import type { HookContext } from '../contract/hooks.ts'
import type { Migration, MigrationId } from '../contract/migration.ts'
import type { Status } from '../contract/run.ts'
import { buildGraph } from '../graph/build-graph.ts'
import { resolveChain } from '../graph/resolve-chain.ts'
import type { HookBus } from '../hooks/hook-bus.ts'
import type { Attributes } from '../plan/applies-here.ts'
import { compareHistory } from '../plan/compare-history.ts'
import { leaveOutElsewhere } from '../plan/leave-out-elsewhere.ts'
import { repeatableNodes } from '../plan/repeatables.ts'

/** The files as they stand in one database. */
export interface LoadedProject {
  readonly graph: MigrationGraph
  readonly late: ReadonlySet<MigrationId>
  readonly skipped: ReadonlySet<MigrationId>
  readonly repeatables: readonly GraphNode[]
}

export async function loadMigrations(config: YamaConfig, bus: HookBus, context: HookContext): Promise<readonly Migration[]> {
  const loaded = await Promise.all(config.sources.map((source) => source.load(context.signal)))
  const migrations = await bus.graph(loaded.flat(), context)
  return leaveOutElsewhere(migrations, attributesOf(config))
}

/** What `applies-to` can ask of this database. */
export const attributesOf = ({ dialect, project = 'default', environment }: YamaConfig): Attributes => ({
  dialect: dialect.kind,
  project,
  environment: environment?.name,
})

export function placeMigrations(migrations: readonly Migration[], config: YamaConfig, state?: HistoryState): LoadedProject {
  const skip = new Set(config.skip)
  // The names stay in the set: a source may leave out what it cannot read, and then only they tell.
  const skipped = new Set(skip)
  if (skip.size > 0) for (const { id, name } of migrations) if (skip.has(name)) skipped.add(id)
  const chain = resolveChain(migrations, state?.migrations ?? [], skipped)
  const repeatables = repeatableNodes(migrations).filter(({ migration: { id } }) => !skipped.has(id))
  return { graph: buildGraph(migrations, chain), late: chain.late, skipped, repeatables }
}

export function projectStatus({ graph, ...options }: LoadedProject, state: HistoryState): Status {
  return compareHistory(graph, state, options)
}

/** Links of the parents of planned nodes: from the files, else from the history. */
export function linkLookup(
  nodes: readonly GraphNode[],
  graph: MigrationGraph | undefined,
  state: HistoryState,
): (id: MigrationId) => string | undefined {
  const links = new Map(state.migrations.map((row) => [row.id, row.link]))
  for (const node of nodes) links.set(node.migration.id, node.link)
  return (id) => links.get(id) ?? graph?.get(id)?.link
}
