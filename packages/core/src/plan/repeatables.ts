import type { GraphNode } from '../contract/graph.ts'
import type { HistoryState } from '../contract/history.ts'
import type { Migration, MigrationId } from '../contract/migration.ts'
import { coreErrors } from '../errors/errors.ts'
import { sortMigrations } from '../graph/sort-migrations.ts'
import { linkHash } from '../hash/link-hash.ts'

/** `kind` of the history row of a repeatable migration. */
export const REPEATABLE = 'repeatable'

const named = (text: string): MigrationId => text.slice(text.indexOf(':') + 1).trim()

/**
 * The repeatable ones among the migrations, in the order in which they run: after those that they require, else by name.
 * Throws YAMA_GRAPH_CYCLE where they require each other.
 *
 * @example repeatableNodes(await source.load()).map((node) => node.migration.name) // ['R__active_users', 'R__grants']
 */
export function repeatableNodes(migrations: readonly Migration[]): readonly GraphNode[] {
  const sorted = sortMigrations(migrations.filter(({ repeatable }) => repeatable !== undefined))
  const byName = new Map(sorted.flatMap((migration) => [migration.id, migration.name].map((key) => [key, migration] as const)))
  const nodes = new Map<MigrationId, GraphNode>()
  const open: MigrationId[] = []
  const visit = (migration: Migration): void => {
    const { id, requires, semanticHash, file } = migration
    if (nodes.has(id)) return
    if (open.includes(id)) {
      const path = [...open.slice(open.indexOf(id)), id].join(' → ')
      throw coreErrors.YAMA_GRAPH_CYCLE({ path }, { position: { file, line: 1, column: 1 } })
    }
    open.push(id)
    for (const text of requires) {
      const needed = byName.get(named(text))
      if (needed !== undefined) visit(needed)
    }
    open.pop()
    nodes.set(id, { migration, parents: [], children: [], link: linkHash(semanticHash, []), level: 0 })
  }
  for (const migration of sorted) visit(migration)
  return [...nodes.values()]
}

/**
 * Those that have to run: new, changed since they ran last, requiring one that runs, or to be run with every run that does anything.
 *
 * @example dueRepeatables(repeatableNodes(migrations), await store.read(), pending.length > 0)
 */
export function dueRepeatables(nodes: readonly GraphNode[], history: HistoryState, running: boolean): readonly GraphNode[] {
  if (nodes.length === 0) return nodes
  const ran = new Map(
    history.migrations.filter(({ kind, status }) => kind === REPEATABLE && status === 'applied').map((row) => [row.id, row]),
  )
  const due = new Set<string>()
  const find = (anyway: boolean): readonly GraphNode[] =>
    nodes.filter(({ migration: { id, name, semanticHash, requires, repeatable } }) => {
      const changed = ran.get(id)?.semanticHash !== semanticHash || requires.some((text) => due.has(named(text)))
      if (!changed && !(anyway && repeatable === 'always')) return false
      due.add(id).add(name)
      return true
    })
  const found = find(running)
  // One that changed makes it a run for those that run with every run.
  return found.length > 0 && !running ? find(true) : found
}
