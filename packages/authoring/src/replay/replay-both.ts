import type { GraphNode } from '@yama/core'
import type { FactBase, Scratch } from '@yama/schema'
import { writeCachedFacts } from '../cache/cache-file.ts'
import { cacheKeys } from '../cache/cache-key.ts'
import { scratchDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { isReplayed, linksOf, replayHistory, replayInto } from './replay-history.ts'
import { afterwards, type ScratchPool } from './scratch-pool.ts'

/**
 * The schema after each of two lists of migrations. Where the second goes on from the first and neither is in the cache, both are had from
 * one run. Rejects with YAMA_REPLAY_FAILED at the statement that failed.
 */
export async function replayBoth(
  project: AuthoringProject,
  before: readonly GraphNode[],
  after: readonly GraphNode[],
  pool: ScratchPool,
): Promise<{ readonly before: FactBase; readonly after: FactBase }> {
  const [first, second] = [linksOf(before), linksOf(after)]
  const goesOn = first.every((link, at) => link === second[at])
  if (!goesOn || isReplayed(project, before) || isReplayed(project, after))
    return { before: await replayHistory(project, before, pool), after: await replayHistory(project, after, pool) }
  const scratch = await pool.take()
  await replayInto(project, before, scratch)
  const facts = await keep(project, first, scratch, pool)
  if (after.length === before.length) return { before: facts, after: facts }
  await replayInto(project, after.slice(before.length), scratch)
  return { before: facts, after: await keep(project, second, scratch, pool) }
}

async function keep(project: AuthoringProject, links: readonly string[], scratch: Scratch, pool: ScratchPool): Promise<FactBase> {
  const facts = await scratchDialect(project.dialect).extract(scratch.connection, project.scope)
  const keys = cacheKeys('history', project, links, scratch.connection.server.major)
  await afterwards(pool, writeCachedFacts(project.cacheDirectory, keys, facts))
  return facts
}
