import { buildGraph, resolveTarget, sha256Hex, YamaError, type GraphNode, type MigrationGraph, type MigrationId } from '@yama/core'
import { difference, stateHash, type FactBase } from '@yama/schema'
import { describeDelta } from '../compare/describe-delta.ts'
import { scratchDialect, schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { replayInto } from '../replay/replay-history.ts'
import { scratchPool, type ScratchPool } from '../replay/scratch-pool.ts'
import { rowDigests } from './row-digests.ts'

export interface MergeProof {
  readonly equal: boolean
  /** Migrations that only the one side has, in the order in which they were run. */
  readonly one: readonly MigrationId[]
  readonly other: readonly MigrationId[]
  /** What differs between the two orders: objects, tables whose rows differ, or the order that fails. */
  readonly differences: readonly string[]
  /** Of schema and rows, where both orders end in the same: 16 hex digits. */
  readonly digest?: string
}

interface End {
  readonly facts?: FactBase
  readonly rows: ReadonlyMap<string, string>
  readonly problem?: string
}

/**
 * Runs what two migrations need in both orders, in two scratch databases, and compares schema and rows. Rejects with YAMA_TARGET_UNKNOWN
 * where there is no such migration; an order that fails is part of the answer.
 *
 * @example const { equal } = await proveMerge(project, 'm_a', 'm_b')
 */
export async function proveMerge(project: AuthoringProject, first: MigrationId, second: MigrationId): Promise<MergeProof> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const [one, other] = [resolveTarget(first, graph, undefined), resolveTarget(second, graph, undefined)]
  const sides = splitSides(graph, one, other)
  await using pool = scratchPool(schemaDialect(project.dialect), project.scratch, project.notice)
  const ends = [
    await runOrder(project, [...sides.base, ...sides.one, ...sides.other], pool),
    await runOrder(project, [...sides.base, ...sides.other, ...sides.one], pool),
  ] as const
  const differences = compare(ends[0], ends[1])
  const ids = (nodes: readonly GraphNode[]): readonly MigrationId[] => nodes.map(({ migration }) => migration.id)
  const { facts } = ends[0]
  const digest =
    facts === undefined || differences.length > 0 ? undefined : sha256Hex(`${stateHash(facts)} ${[...ends[0].rows].join()}`).slice(0, 16)
  return {
    equal: digest !== undefined,
    one: ids(sides.one),
    other: ids(sides.other),
    differences,
    ...(digest === undefined ? {} : { digest }),
  }
}

function splitSides(
  graph: MigrationGraph,
  one: MigrationId,
  other: MigrationId,
): { readonly base: readonly GraphNode[]; readonly one: readonly GraphNode[]; readonly other: readonly GraphNode[] } {
  const [ofOne, ofOther] = [graph.closure([one]), graph.closure([other])]
  const pick = (wanted: (id: MigrationId) => boolean): readonly GraphNode[] => graph.order().filter(({ migration }) => wanted(migration.id))
  return {
    base: pick((id) => ofOne.has(id) && ofOther.has(id)),
    one: pick((id) => ofOne.has(id) && !ofOther.has(id)),
    other: pick((id) => ofOther.has(id) && !ofOne.has(id)),
  }
}

async function runOrder(project: AuthoringProject, nodes: readonly GraphNode[], pool: ScratchPool): Promise<End> {
  const scratch = await pool.take()
  try {
    await replayInto(project, nodes, scratch)
  } catch (error) {
    // Only a statement that the server refuses says something about the order.
    if (!YamaError.is(error) || error.code !== 'YAMA_REPLAY_FAILED') throw error
    return { rows: new Map(), problem: error.message }
  }
  const facts = await scratchDialect(project.dialect).extract(scratch.connection, project.scope)
  return { facts, rows: await rowDigests(scratch.connection, facts) }
}

function compare(one: End, other: End): readonly string[] {
  const problems = [one, other].flatMap(({ problem }, index) =>
    problem === undefined ? [] : [`${index === 0 ? 'the first' : 'the second'} order fails: ${problem}`],
  )
  if (one.facts === undefined || other.facts === undefined) return problems
  const rows = [...new Set([...one.rows.keys(), ...other.rows.keys()])].filter((table) => one.rows.get(table) !== other.rows.get(table))
  return [...difference(one.facts, other.facts).map(describeDelta), ...rows.map((table) => `the rows of ${table} differ`)]
}
