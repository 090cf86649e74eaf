import type { Migration, MigrationId } from '../contract/migration.ts'
import { coreErrors } from '../errors/errors.ts'
import type { AppliedRow } from './applied-row.ts'

/** What stands for a migration that a checkpoint covers: the checkpoint, and the link that children of the original state. */
export interface Cover {
  readonly by: MigrationId
  readonly link: string | undefined
}

/** The migrations as they are in one database that has some, all or none of what its checkpoints cover. */
export interface PlacedCheckpoints {
  readonly migrations: readonly Migration[]
  readonly covered: ReadonlyMap<MigrationId, Cover>
  /** What a checkpoint follows where the originals are run. */
  readonly after: ReadonlyMap<MigrationId, readonly MigrationId[]>
}

/**
 * A database that has nothing of what a checkpoint covers runs the checkpoint; one that has all of it adopts it, and nothing runs; one
 * that has a part goes on with the originals of the archive and adopts it then. Throws YAMA_CHECKPOINT_ARCHIVE where these are not there.
 */
export function placeCheckpoints(migrations: readonly Migration[], rows: readonly AppliedRow[]): PlacedCheckpoints {
  // The newest first: what it covers may be a checkpoint too.
  const checkpoints = migrations
    .filter(({ covers }) => covers !== undefined)
    .toSorted((a, b) => (b.covers?.length ?? 0) - (a.covers?.length ?? 0))
  const covered = new Map<MigrationId, Cover>()
  const after = new Map<MigrationId, readonly MigrationId[]>()
  if (checkpoints.length === 0) return { migrations, covered, after }
  const present = new Set(rows.filter(({ status }) => status !== 'reverted').map(({ id }) => id))
  const list = new Map(migrations.map((migration) => [migration.id, migration]))
  const wanted = new Set<MigrationId>()
  const isDone = (id: MigrationId): boolean => present.has(id) || (list.get(id)?.covers?.every((inner) => isDone(inner.id)) ?? false)
  for (const checkpoint of checkpoints) {
    const { id, covers = [], archived } = checkpoint
    if (archived === true && !wanted.has(id)) continue
    const ids = covers.map((original) => original.id)
    const done = ids.filter(isDone)
    if (present.has(id) || done.length === 0 || done.length === ids.length) {
      for (const original of covers) {
        covered.set(original.id, { by: id, link: original.link })
        wanted.delete(original.id)
      }
    } else {
      const lost = ids.filter((original) => !isDone(original) && !list.has(original))
      if (lost.length > 0) refusePartial(checkpoint, done.length, lost)
      const there = ids.filter((original) => list.has(original))
      for (const original of there) wanted.add(original)
      after.set(id, there)
    }
    if (!present.has(id) && done.length > 0) list.set(id, Object.freeze({ ...checkpoint, up: [], noop: true, adopted: true }))
  }
  const kept = [...list.values()].filter(({ id, archived }) => archived !== true || wanted.has(id))
  for (const [id, there] of after)
    after.set(
      id,
      there.filter((original) => wanted.has(original)),
    )
  return { migrations: kept, covered, after }
}

function refusePartial({ id, file, covers = [] }: Migration, done: number, lost: readonly MigrationId[]): never {
  const missing = lost.length > 5 ? `${lost.slice(0, 5).join(', ')} and ${lost.length - 5} more` : lost.join(', ')
  throw coreErrors.YAMA_CHECKPOINT_ARCHIVE(
    { id, done, total: covers.length, missing },
    { position: { file, line: 1, column: 1 }, data: lost },
  )
}
