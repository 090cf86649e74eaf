import type { MigrationId } from '@yama/core'
import { difference, stateHash, type AnyDelta, type FactBase, type FactId } from '@yama/schema'
import { describeDelta } from '../compare/describe-delta.ts'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { historyNodes, replayInto } from '../replay/replay-history.ts'
import { scratchPool } from '../replay/scratch-pool.ts'
import { repeatedObjects } from './repeated-objects.ts'

/** Which migrations an existing database corresponds to. */
export interface Detection {
  /** The last of them; `base` where it is as empty as before all of them, undefined where it fits nowhere. */
  readonly match?: MigrationId | 'base'
  /** Right after the match and without an effect on the schema: whether they took effect cannot be told. */
  readonly unclear: readonly MigrationId[]
  /** Where nothing fits: after which one it differs least, and in what. */
  readonly nearest?: { readonly after: MigrationId | 'base'; readonly differences: readonly string[] }
}

/**
 * Runs the migrations one after the other in a scratch database and compares the schema with the live one after each, what
 * repeatable migrations make aside. Rejects with YAMA_REPLAY_FAILED where one cannot be run.
 *
 * @example (await detectBaseline(project, await schema.extract(connection, scope), () => undefined)).match // '042_orders'
 */
export async function detectBaseline(
  project: AuthoringProject,
  live: FactBase,
  onMigration: (done: number, total: number) => void,
): Promise<Detection> {
  const schema = schemaDialect(project.dialect)
  const nodes = await historyNodes(project)
  const pool = scratchPool(schema, project.scratch, project.notice)
  try {
    const repeated = await repeatedObjects(project, nodes, pool)
    const scratch = await pool.take()
    const read = (): Promise<FactBase> => schema.extract(scratch.connection, project.scope)
    const places: (MigrationId | 'base')[] = ['base', ...nodes.map(({ migration }) => migration.id)]
    const equal: boolean[] = []
    let nearest: { readonly at: number; readonly deltas: readonly AnyDelta[] } | undefined
    const look = async (at: number): Promise<void> => {
      const facts = await read()
      const deltas = isEqual(facts, live) ? [] : difference(facts, live).filter((delta) => !repeated.has(factOf(delta)))
      equal.push(deltas.length === 0)
      if (nearest === undefined || deltas.length <= nearest.deltas.length) nearest = { at, deltas }
    }
    await look(0)
    for (const [at, node] of nodes.entries()) {
      await replayInto(project, [node], scratch)
      await look(at + 1)
      onMigration(at + 1, nodes.length)
    }
    const last = equal.lastIndexOf(true)
    if (last < 0) return { unclear: [], nearest: describe(places, nearest) }
    // The first of the equal states in a row: those after it change no schema.
    let first = last
    while (first > 0 && equal[first - 1] === true) first--
    return { match: places[first] ?? 'base', unclear: places.slice(first + 1, last + 1) }
  } finally {
    await pool[Symbol.asyncDispose]()
  }
}

const factOf = (delta: AnyDelta): FactId => (delta.change === 'drop' ? delta.from.id : delta.to.id)

/** Hashes count under one tag only; a server of another version is compared object by object. */
const isEqual = (facts: FactBase, live: FactBase): boolean => facts.tag === live.tag && stateHash(facts) === stateHash(live)

const describe = (
  places: readonly (MigrationId | 'base')[],
  nearest: { readonly at: number; readonly deltas: readonly AnyDelta[] } | undefined,
): NonNullable<Detection['nearest']> => ({
  after: places[nearest?.at ?? 0] ?? 'base',
  differences: (nearest?.deltas ?? []).map(describeDelta),
})
