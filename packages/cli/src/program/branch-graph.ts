import {
  buildGraph,
  judgeGraph,
  type Dialect,
  type Migration,
  type MigrationConflict,
  type MigrationGraph,
  type MigrationId,
} from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { BranchMigrations } from './branch-migrations.ts'

/** The migrations of the working tree and of several git branches, as they would be together. */
export interface BranchGraph {
  readonly graph: MigrationGraph
  /** The name of what is checked out, then those of the branches. */
  readonly names: readonly string[]
  /** Which of them have it. */
  readonly having: (id: MigrationId) => readonly string[]
}

/** Where two have one id, the first counts: what is checked out, then the branches as they are listed. */
export async function branchGraph(own: readonly Migration[], branches: readonly string[], source: BranchMigrations): Promise<BranchGraph> {
  const here = (await source.git('HEAD', 'rev-parse', '--abbrev-ref', 'HEAD')).trim()
  const sides = new Map<string, readonly Migration[]>([[here, own]])
  for (const branch of branches) if (!sides.has(branch)) sides.set(branch, await source.at(branch))
  const all = new Map<MigrationId, Migration>()
  for (const list of sides.values()) for (const migration of list) if (!all.has(migration.id)) all.set(migration.id, migration)
  const ids = new Map([...sides].map(([name, list]) => [name, new Set(list.map(({ id }) => id))]))
  return {
    graph: buildGraph([...all.values()]),
    names: [...sides.keys()],
    having: (id) => [...ids].flatMap(([name, set]) => (set.has(id) ? [name] : [])),
  }
}

/** Pairs of which one branch has the one and the other the other. Throws YAMA_CLI_USAGE for a name that is none of the branches. */
export async function conflictsBetween(
  { graph, names, having }: BranchGraph,
  pair: readonly string[],
  dialect: Dialect,
): Promise<readonly MigrationConflict[]> {
  const [first, second] = pair
  const unknown = pair.find((name) => !names.includes(name))
  if (first === undefined || second === undefined || pair.length > 2 || unknown !== undefined)
    throw cliErrors.YAMA_CLI_USAGE({
      problem: unknown === undefined ? `--conflicts takes two branches, not ${pair.length}.` : `There is no branch ${unknown}.`,
      next: `Name two of ${names.join(', ')}, for example --conflicts ${names.slice(0, 2).join(',')}.`,
    })
  const only = (id: MigrationId, name: string, other: string): boolean => having(id).includes(name) && !having(id).includes(other)
  const found = await judgeGraph(graph, dialect, (id) => only(id, first, second) || only(id, second, first))
  return found.filter(
    ({ one, other }) =>
      (only(one, first, second) && only(other, second, first)) || (only(one, second, first) && only(other, first, second)),
  )
}
