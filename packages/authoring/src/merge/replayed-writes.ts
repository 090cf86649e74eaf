import { buildGraph, type MigrationId } from '@yama/core'
import { difference, parseFactId, type FactBase } from '@yama/schema'
import { scratchDialect, schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { replayInto } from '../replay/replay-history.ts'
import { scratchPool } from '../replay/scratch-pool.ts'
import { rowDigests } from './row-digests.ts'

/**
 * What a migration that cannot be read changes, seen by running it after what it needs in a scratch database: tables and columns whose
 * definition or rows are others afterwards, as `yama:writes` names them. What it reads, and what it would do with other rows, is not seen: it is
 * for a person to confirm, and no verdict rests on it. Rejects with YAMA_REPLAY_FAILED.
 *
 * @example await replayedWrites(project, 'm_normalise') // ['users.city', 'audit']
 */
export async function replayedWrites(project: AuthoringProject, id: MigrationId): Promise<readonly string[]> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const needed = graph.closure([id])
  const nodes = graph.order().filter(({ migration }) => needed.has(migration.id))
  await using pool = scratchPool(schemaDialect(project.dialect), project.scratch, project.notice)
  const scratch = await pool.take()
  const state = async (): Promise<{ readonly facts: FactBase; readonly rows: ReadonlyMap<string, string> }> => {
    const facts = await scratchDialect(project.dialect).extract(scratch.connection, project.scope)
    return { facts, rows: await rowDigests(scratch.connection, facts) }
  }
  await replayInto(
    project,
    nodes.filter(({ migration }) => migration.id !== id),
    scratch,
  )
  const before = await state()
  await replayInto(
    project,
    nodes.filter(({ migration }) => migration.id === id),
    scratch,
  )
  const after = await state()
  const changed = difference(before.facts, after.facts).map(({ id: fact }) => {
    const { kind, table, name } = parseFactId(fact)
    return kind === 'column' && table !== undefined ? `${table}.${name}` : (table ?? name)
  })
  const rows = [...after.rows].flatMap(([table, digest]) => (before.rows.get(table) === digest ? [] : [bare(table)]))
  return [...new Set([...changed, ...rows])].sort()
}

/** The name of a quoted table, without its schema. */
const bare = (quoted: string): string =>
  quoted
    .split('.')
    .at(-1)
    ?.replaceAll(/^["`]|["`]$/g, '') ?? quoted
