import { executeActions } from '../replay/execute-actions.ts'
import { historyNodes, isReplayed, replayHistory, replayInto } from '../replay/replay-history.ts'
import type { ScratchPool } from '../replay/scratch-pool.ts'
import { entitiesState, type EntitiesState } from '../states/entities-state.ts'
import { entityStamp, isSeen, markSeen } from '../states/seen-files.ts'
import { scratchDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { warnHandWritten } from './warn-hand-written.ts'
import { warnRows } from './warn-rows.ts'
import { decideRenames, type DecisionChoices } from './decide-renames.ts'
import type { Diagnostic, GraphNode } from '@yama/core'
import {
  invertRenames,
  keepPrivileges,
  keepStated,
  planChange,
  planRenames,
  renameFacts,
  requirePlan,
  type ChangePlan,
  type FactBase,
  type Rename,
  type Scratch,
} from '@yama/schema'

export interface Generation {
  readonly nodes: readonly GraphNode[]
  readonly before: FactBase
  readonly after: FactBase
  readonly up: ChangePlan
  readonly down: ChangePlan
  readonly diagnostics: readonly Diagnostic[]
}

/** History against entities: what has to change, and the way back. Rejects with YAMA_DECISION_NEEDED rather than guess a rename. */
export async function planGeneration(project: AuthoringProject, pool: ScratchPool, choices: DecisionChoices): Promise<Generation> {
  const dialect = scratchDialect(project.dialect)
  const nodes = await historyNodes(project)
  const stamp = await entityStamp(project)
  const isNews = !(await isSeen(project, stamp))
  if (!isReplayed(project, nodes)) pool.warm?.(project.scope, isNews ? 2 : 1)
  else if (isNews) pool.warm?.(project.scope, 1)
  const { entities, before: replayed } = await bothStates(project, nodes, pool)
  const { diagnostics } = entities
  await markSeen(project, stamp)
  const renames = await decideRenames(replayed, entities.facts, choices, dialect)
  const moved = renameFacts(replayed, renames)
  const after = keepPrivileges(entities.facts, moved.base)
  const before = keepStated(replayed, after, moved.id)
  if (renames.length === 0) {
    const up = requirePlan(planChange({ before, after, dialect, renames }))
    // What the entities cannot carry (a trigger, a policy) is still there when Down runs.
    const start = before.unmanaged.length === 0 && after.unmanaged.length === 0 ? after : { ...after, unmanaged: before.unmanaged }
    const down = requirePlan(planChange({ before: start, after: before, dialect, renames }))
    return { nodes, before, after, up, down, diagnostics: [...diagnostics, ...warnRows(up.deltas), ...warnHandWritten(up.deltas, nodes)] }
  }
  const plans = await planWithRenames(project, pool, nodes, before, after, renames)
  return {
    nodes,
    before,
    after,
    ...plans,
    diagnostics: [...diagnostics, ...warnRows(plans.up.deltas), ...warnHandWritten(plans.up.deltas, nodes)],
  }
}

/**
 * The server replays the history while the entities are read; from the cache it is read while the server makes the entities. What is wrong with the
 * entities is said first, and without waiting.
 */
async function bothStates(
  project: AuthoringProject,
  nodes: readonly GraphNode[],
  pool: ScratchPool,
): Promise<{ readonly entities: EntitiesState; readonly before: FactBase }> {
  const stop = new AbortController()
  const { signal = stop.signal } = project.scratch
  const replaying = { ...project, scratch: { ...project.scratch, signal: AbortSignal.any([signal, stop.signal]) } }
  let replay: Promise<FactBase> | undefined
  const facts = (): Promise<FactBase> => {
    if (replay === undefined) {
      replay = replayHistory(replaying, nodes, pool)
      // Looked at below, maybe after it failed.
      replay.catch(() => undefined)
    }
    return replay
  }
  const isCached = isReplayed(project, nodes)
  if (!isCached) void facts()
  try {
    const entities = await entitiesState(project, project.entities, pool, { facts, isCached })
    return { entities, before: await facts() }
  } catch (error) {
    stop.abort()
    await Promise.allSettled([replay])
    throw error
  }
}

/** Renames are executed in a clone, so that the server itself rewrites the names inside expressions and views. */
async function planWithRenames(
  project: AuthoringProject,
  pool: ScratchPool,
  nodes: readonly GraphNode[],
  before: FactBase,
  after: FactBase,
  renames: readonly Rename[],
): Promise<Pick<Generation, 'up' | 'down'>> {
  const dialect = scratchDialect(project.dialect)
  const back = invertRenames(renames)
  const renamedIn = async (base: FactBase, list: readonly Rename[], fill: (clone: Scratch) => Promise<void>): Promise<FactBase> => {
    const clone = await pool.take()
    await fill(clone)
    await executeActions(project, planRenames(base, list, dialect).actions, clone)
    return dialect.extract(clone.connection, project.scope)
  }
  const renamed = keepStated(await renamedIn(before, renames, (clone) => replayInto(project, nodes, clone)), after)
  const up = requirePlan(planChange({ before, after, dialect, renames, renamed }))
  const returned = await renamedIn(after, back, async (clone) => {
    await replayInto(project, nodes, clone)
    await executeActions(project, up.actions, clone)
  })
  return {
    up,
    down: requirePlan(planChange({ before: after, after: before, dialect, renames: back, renamed: keepStated(returned, before) })),
  }
}
