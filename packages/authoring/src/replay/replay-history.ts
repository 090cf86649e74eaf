import { buildGraph, resolveTargets, type GraphNode, type MigrationId } from '@yama/core'
import type { FactBase, Scratch } from '@yama/schema'
import { isCached, readCachedFacts, writeCachedFacts } from '../cache/cache-file.ts'
import { cacheKey, cacheKeys } from '../cache/cache-key.ts'
import { scratchDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { afterwards, type ScratchPool } from './scratch-pool.ts'
import { runSteps } from './run-steps.ts'

/**
 * The migrations of a project in the order in which they run on an empty database, up to and including `upTo`: ids, names or versions.
 * Rejects with YAMA_TARGET_UNKNOWN or YAMA_TARGET_AMBIGUOUS for one that is not there.
 */
export async function historyNodes(project: AuthoringProject, upTo?: readonly MigrationId[]): Promise<readonly GraphNode[]> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const wanted = upTo === undefined ? undefined : graph.closure(upTo.flatMap((id) => resolveTargets(id, graph, undefined)))
  const skip = new Set(project.skip)
  return graph
    .order()
    .filter((node) => wanted === undefined || wanted.has(node.migration.id))
    .filter((node) => !skip.has(node.migration.id) && !skip.has(node.migration.name))
}

/**
 * The schema after the given migrations, from the cache or by running them in a scratch database of the pool.
 * Rejects with YAMA_REPLAY_FAILED at the statement that failed.
 */
export async function replayHistory(project: AuthoringProject, nodes: readonly GraphNode[], pool: ScratchPool): Promise<FactBase> {
  const links = linksOf(nodes)
  const cached = await readCachedFacts(project.cacheDirectory, cacheKey('history', project, links))
  if (cached !== undefined) return cached
  const scratch = await pool.take()
  await replayInto(project, nodes, scratch)
  const facts = await scratchDialect(project.dialect).extract(scratch.connection, project.scope)
  const keys = cacheKeys('history', project, links, scratch.connection.server.major)
  await afterwards(pool, writeCachedFacts(project.cacheDirectory, keys, facts))
  return facts
}

/** True where the schema after the migrations is in the cache. */
export const isReplayed = (project: AuthoringProject, nodes: readonly GraphNode[]): boolean =>
  isCached(project.cacheDirectory, cacheKey('history', project, linksOf(nodes)))

/** What decides the schema after the migrations, one word each. */
export const linksOf = (nodes: readonly GraphNode[]): readonly string[] =>
  nodes.map(({ link, migration }) => (migration.elsewhere === true ? `${link} elsewhere` : link))

/** Runs the migrations in a scratch database that the caller owns. */
export async function replayInto(project: AuthoringProject, nodes: readonly GraphNode[], scratch: Scratch): Promise<void> {
  const schema = scratchDialect(project.dialect)
  const signal = project.scratch.signal ?? new AbortController().signal
  for (const node of nodes) {
    signal.throwIfAborted()
    await runSteps(node.migration, {
      connection: scratch.connection,
      dialect: project.dialect,
      scratch: scratch.description,
      facts: () => schema.extract(scratch.connection, project.scope),
      signal,
    })
  }
}
