import type { Dialect } from '../contract/dialect.ts'
import type { MigrationConflict } from '../contract/effects.ts'
import type { MigrationGraph } from '../contract/graph.ts'
import type { MigrationId } from '../contract/migration.ts'
import { concurrentGroups } from '../graph/concurrent-groups.ts'

/**
 * The pairs that no path joins and whose order matters, and about which no merge decides. `concerns` limits it to pairs of which one
 * is asked for. A graph without branches is not judged, and no parser loaded; a dialect that cannot judge finds nothing.
 */
export async function judgeGraph(
  graph: MigrationGraph,
  dialect: Dialect,
  concerns: (id: MigrationId) => boolean = () => true,
): Promise<readonly MigrationConflict[]> {
  const groups = concurrentGroups(graph).filter(({ nodes }) => nodes.some(({ migration }) => concerns(migration.id)))
  if (groups.length === 0) return []
  const judge = await dialect.commutativity?.()
  if (judge === undefined) return []
  const everything = graph.order().map(({ migration }) => migration)
  const settled = independentPairs(everything.flatMap(({ merge }) => merge?.independent ?? []).length === 0 ? [] : everything)
  const found: MigrationConflict[] = []
  for (const { nodes, concurrent } of groups) {
    const inside = new Set(nodes.map(({ migration }) => migration.id))
    found.push(
      ...(await judge.conflicts(
        nodes.map(({ migration }) => migration),
        (one, other) => (concerns(one) || concerns(other)) && concurrent(one, other) && !settled(one, other),
        everything.filter(({ id }) => !inside.has(id)),
      )),
    )
  }
  return found
}

type Migrations = ReturnType<MigrationGraph['order']>[number]['migration'][]

function independentPairs(migrations: Migrations): (one: MigrationId, other: MigrationId) => boolean {
  const lists = migrations.flatMap(({ merge }) => (merge?.independent === undefined ? [] : [new Set(merge.independent)]))
  return (one, other) => lists.some((list) => list.has(one) && list.has(other))
}
