import type { MigrationGraph } from '../contract/graph.ts'
import type { HistoryState } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import { coreErrors } from '../errors/errors.ts'
import { sameVersion } from '../graph/compare-migrations.ts'

interface Named {
  readonly id: MigrationId
  readonly name: string
  readonly version: string
}

/** A name without its number, in one way of writing. */
const wordsOf = (name: string): string => name.replace(/^[A-Za-z]?\d[\d.]*[_-]+/, '').replaceAll('-', '_')

/**
 * The migration that a person means: by id, by name, by version (`7` is `007`), by the words of its name, or by the beginning of an id or name.
 * Throws YAMA_TARGET_UNKNOWN, or YAMA_TARGET_AMBIGUOUS with the candidates. Applied migrations without a file count too.
 *
 * @example resolveTarget('20261120', graph, history) // '20261120093000_create_users'
 */
export function resolveTarget(target: string, graph: MigrationGraph, history: HistoryState | undefined): MigrationId {
  if (graph.get(target) !== undefined) return target
  const all: Named[] = graph.order().map((node) => node.migration)
  for (const row of history?.migrations ?? []) if (row.status !== 'reverted' && graph.get(row.id) === undefined) all.push(row)
  const ways: readonly ((named: Named) => boolean)[] = [
    ({ id }) => id === target,
    ({ name }) => name === target,
    ({ version }) => sameVersion(version, target),
    ({ name }) => wordsOf(name) === target.replaceAll('-', '_'),
    ({ id, name }) => target !== '' && (id.startsWith(target) || name.startsWith(target)),
  ]
  for (const way of ways) {
    const found = all.filter(way)
    if (found.length > 1) {
      const shown = found
        .slice(0, 5)
        .map(({ id }) => id)
        .join(', ')
      throw coreErrors.YAMA_TARGET_AMBIGUOUS(
        { target, candidates: found.length > 5 ? `${shown} and ${found.length - 5} more` : shown },
        { data: found.map(({ id }) => id) },
      )
    }
    if (found[0] !== undefined) return found[0].id
  }
  throw coreErrors.YAMA_TARGET_UNKNOWN({ target })
}
