import type { Dialect } from '../contract/dialect.ts'
import type { MigrationConflict } from '../contract/effects.ts'
import type { MigrationGraph } from '../contract/graph.ts'
import type { MigrationId } from '../contract/migration.ts'

/**
 * What is not applied yet stands before something that is: a branch was put after another one when it had already run here. Such
 * a pair runs in the other order than the graph says, which is right only where their order does not matter. The first of each
 * conflict is the one that waits.
 */
export async function judgeReversed(
  graph: MigrationGraph,
  dialect: Dialect,
  isPending: (id: MigrationId) => boolean,
  isApplied: (id: MigrationId) => boolean,
): Promise<readonly MigrationConflict[]> {
  const order = graph.order().map(({ migration }) => migration)
  const waiting = new Map<MigrationId, ReadonlySet<MigrationId>>()
  // Asked once for all, from the end on: of a long chain that is pending nothing has to be asked one by one.
  const above = new Set<MigrationId>()
  for (const { migration, children } of graph.order().toReversed())
    if (children.some((child) => isApplied(child) || above.has(child))) above.add(migration.id)
  for (const { id } of order) {
    if (!isPending(id) || !above.has(id)) continue
    const after = new Set([...graph.descendants(id)].filter(isApplied))
    if (after.size > 0) waiting.set(id, after)
  }
  if (waiting.size === 0) return []
  const judge = await dialect.commutativity?.()
  if (judge === undefined) return []
  const involved = new Set([...waiting.keys(), ...[...waiting.values()].flatMap((ids) => [...ids])])
  const reversed = (one: MigrationId, other: MigrationId): boolean =>
    waiting.get(one)?.has(other) === true || waiting.get(other)?.has(one) === true
  return await judge.conflicts(
    order.filter(({ id }) => involved.has(id)),
    reversed,
    order.filter(({ id }) => !involved.has(id)),
  )
}
