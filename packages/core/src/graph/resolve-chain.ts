import type { Migration, MigrationId } from '../contract/migration.ts'
import type { AppliedRow } from './applied-row.ts'
import { frontierOf } from './frontier.ts'
import { naturalOrder } from './natural-order.ts'
import { parentId } from './parent-id.ts'
import { placeCheckpoints } from './place-checkpoints.ts'

/** Which parents each migration has in one database. */
export interface Chain {
  /** In natural order. */
  readonly sorted: readonly Migration[]
  readonly parents: ReadonlyMap<MigrationId, readonly MigrationId[]>
  /** The same for each of `sorted`, in its order. */
  readonly parentsInOrder: readonly (readonly MigrationId[])[]
  /** Where each stands in `sorted`. */
  readonly places: ReadonlyMap<MigrationId, number>
  /** Files without a header that sort before something applied and are not applied themselves. */
  readonly late: ReadonlySet<MigrationId>
  /** Links of parents that are applied and have no file any more. */
  readonly external: ReadonlyMap<MigrationId, string>
}

const NONE: readonly MigrationId[] = Object.freeze([])
const NO_PLACES: readonly number[] = Object.freeze([])

/**
 * Gives files without a header their parents: what precedes them in natural order. Where they are applied, their parents
 * are those of the time when they were, so a file that appears later among applied names is nobody's ancestor: it is
 * *late*, and builds on what precedes it. Skipped files keep their place.
 *
 * @example const chain = resolveChain(migrations, history.migrations)
 */
export function resolveChain(
  migrations: readonly Migration[],
  rows: readonly AppliedRow[] = [],
  skipped: ReadonlySet<MigrationId> = new Set(),
): Chain {
  // What is repeatable follows everything else and is nobody's parent.
  const isVersioned = ({ repeatable }: Migration): boolean => repeatable === undefined
  const versioned = migrations.every(isVersioned) ? migrations : migrations.filter(isVersioned)
  const { migrations: placed, covered, after } = placeCheckpoints(versioned, rows)
  const order = naturalOrder(placed)
  const sorted = order === undefined ? placed : Array.from(order, (index) => placed[index]!)
  const places = placesOf(placed, order)
  // Nothing but the history can name a migration that has no file.
  const isKnown = rows.length === 0 && covered.size === 0 ? undefined : (id: MigrationId): boolean => places.has(id)
  const applied = new Map(rows.filter((row) => row.status !== 'reverted').map((row) => [row.id, row]))
  const lastApplied = applied.size === 0 ? -1 : sorted.findLastIndex((migration) => applied.has(migration.id))
  const lists: (readonly MigrationId[] | undefined)[] = Array.from(sorted, () => undefined)
  const late = new Set<MigrationId>()
  const external = new Map<MigrationId, string>()
  const frontier = frontierOf()

  const stated = (migration: Migration): readonly MigrationId[] | undefined => {
    if (migration.headerless) {
      const recorded = applied.size === 0 ? undefined : applied.get(migration.id)?.parents.map(parentId)
      return isKnown !== undefined && recorded?.every(isKnown) === true ? recorded : undefined
    }
    const originals = after.get(migration.id)
    if (originals !== undefined) return originals
    if (migration.parents.length === 0) return NONE
    const ids = migration.parents.length === 1 ? [migration.parents[0]!.id] : migration.parents.map(({ id }) => id)
    if (isKnown === undefined || ids.every(isKnown)) return ids
    for (const id of ids) {
      const link = isKnown(id) ? undefined : (covered.get(id)?.link ?? applied.get(id)?.link)
      if (link !== undefined) external.set(id, link)
    }
    return ids.flatMap((id) => (isKnown(id) ? [id] : (covered.get(id)?.by ?? (external.has(id) ? [] : [id]))))
  }

  const place = (index: number, own: readonly MigrationId[] | undefined): void => {
    const { id } = sorted[index]!
    if (own !== undefined) {
      lists[index] = own
      return frontier.join(id, own)
    }
    const isLate = index < lastApplied && !applied.has(id) && !skipped.has(id)
    if (isLate) late.add(id)
    lists[index] = isLate ? frontier.aside(id) : frontier.extend(id)
  }

  // A file may state a parent that sorts after it (a branch that was rebased); it takes its place after that parent.
  const waiting = new Map<MigrationId, number[]>()
  const later: number[] = []
  const isPlaced = (id: MigrationId): boolean => lists[places.get(id) ?? -1] !== undefined
  const visit = (index: number): void => {
    const migration = sorted[index]!
    const own = stated(migration)
    const missing = own?.find((id) => !isPlaced(id))
    if (missing !== undefined) {
      const others = waiting.get(missing)
      if (others === undefined) waiting.set(missing, [index])
      else others.push(index)
      return
    }
    place(index, own)
    if (waiting.size > 0) later.push(...(waiting.get(migration.id) ?? NO_PLACES))
  }
  if (placed.some(({ headerless }) => headerless))
    for (let index = 0; index < sorted.length; index++) {
      visit(index)
      while (later.length > 0) visit(later.pop()!)
    }
  // Where all have a header nothing depends on the place; else what is left waits for itself or for nothing that exists, which the graph names.
  const parentsInOrder = lists.map((list, index) => list ?? stated(sorted[index]!) ?? NONE)
  let parents: Chain['parents'] | undefined
  return {
    sorted,
    parentsInOrder,
    places,
    late,
    external,
    // The graph does without, and a map of a hundred thousand is not made for nothing.
    get parents() {
      return (parents ??= new Map(sorted.map(({ id }, index) => [id, parentsInOrder[index]!])))
    },
  }
}

/** One map for all questions by id, filled in the order in which the migrations came: so they lie in memory. */
function placesOf(migrations: readonly Migration[], order: Uint32Array | undefined): ReadonlyMap<MigrationId, number> {
  const place = order === undefined ? undefined : new Uint32Array(order.length)
  if (order !== undefined && place !== undefined) for (let index = 0; index < order.length; index++) place[order[index]!] = index
  const places = new Map<MigrationId, number>()
  for (let index = 0; index < migrations.length; index++) places.set(migrations[index]!.id, place?.[index] ?? index)
  return places
}
