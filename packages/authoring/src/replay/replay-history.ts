import { buildGraph, type GraphNode, type MigrationId } from '@yama/core'
import type { FactBase, Scratch } from '@yama/schema'
import { readCachedFacts, writeCachedFacts } from '../cache/cache-file.ts'
import { cacheKey } from '../cache/cache-key.ts'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { runSteps } from './run-steps.ts'

export interface Replay {
  /** The schema that the migrations describe. */
  readonly facts: FactBase
  /** The database it was replayed in; undefined where the facts came from the cache. */
  readonly scratch: Scratch | undefined
}

/** The migrations of a project in the order in which they run on an empty database, up to and including `upTo`. */
export async function historyNodes(project: AuthoringProject, upTo?: readonly MigrationId[]): Promise<readonly GraphNode[]> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const wanted = upTo === undefined ? undefined : graph.closure(upTo)
  const skip = new Set(project.skip)
  return graph
    .order()
    .filter((node) => wanted === undefined || wanted.has(node.migration.id))
    .filter((node) => !skip.has(node.migration.id) && !skip.has(node.migration.name))
}

/**
 * The schema after the given migrations, from the cache or by running them in a scratch database.
 * Rejects with YAMA_REPLAY_FAILED at the statement that failed; the scratch database is gone then.
 */
export async function replayHistory(project: AuthoringProject, nodes: readonly GraphNode[], options: { readonly needScratch?: boolean } = {}): Promise<Replay> {
  const schema = schemaDialect(project.dialect)
  const key = cacheKey('history', project, nodes.map((node) => node.link))
  if (options.needScratch !== true) {
    const cached = await readCachedFacts(project.cacheDirectory, key)
    if (cached !== undefined) return { facts: cached, scratch: undefined }
  }
  const scratch = await schema.scratch(project.scratch)
  try {
    await replayInto(project, nodes, scratch)
    const facts = await schema.extract(scratch.connection, project.scope)
    await writeCachedFacts(project.cacheDirectory, key, facts)
    return { facts, scratch }
  } catch (error) {
    await scratch[Symbol.asyncDispose]()
    throw error
  }
}

/** Runs the migrations in a scratch database that the caller owns. */
export async function replayInto(project: AuthoringProject, nodes: readonly GraphNode[], scratch: Scratch): Promise<void> {
  const schema = schemaDialect(project.dialect)
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
