import type { Migration, MigrationId } from '../contract/migration.ts'
import type { AppliedRow } from './applied-row.ts'
import { placeCheckpoints } from './place-checkpoints.ts'
import { sortMigrations } from './compare-migrations.ts'

/** Which parents each migration has in one database. */
export interface Chain {
  /** In natural order. */
  readonly sorted: readonly Migration[]
  readonly parents: ReadonlyMap<MigrationId, readonly MigrationId[]>
  /** Files without a header that sort before something applied and are not applied themselves. */
  readonly late: ReadonlySet<MigrationId>
  /** Links of parents that are applied and have no file any more. */
  readonly external: ReadonlyMap<MigrationId, string>
}

const NONE: readonly MigrationId[] = Object.freeze([])

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
  const versioned = migrations.filter(({ repeatable }) => repeatable === undefined)
  const { migrations: placed, covered, after } = placeCheckpoints(versioned, rows)
  const sorted = sortMigrations(placed)
  // Nothing but the history can name a migration that has no file.
  const known = rows.length === 0 && covered.size === 0 ? undefined : new Set(sorted.map((migration) => migration.id))
  const applied = new Map(rows.filter((row) => row.status !== 'reverted').map((row) => [row.id, row]))
  const lastApplied = sorted.findLastIndex((migration) => applied.has(migration.id))
  const parents = new Map<MigrationId, readonly MigrationId[]>()
  const late = new Set<MigrationId>()
  const external = new Map<MigrationId, string>()
  const frontier = createFrontier()

  const stated = (migration: Migration): readonly MigrationId[] | undefined => {
    if (!migration.headerless) {
      const originals = after.get(migration.id)
      if (originals !== undefined) return originals
      if (migration.parents.length === 0) return NONE
      const ids = migration.parents.map(({ id }) => id)
      if (known === undefined) return ids
      for (const id of ids) {
        const link = known.has(id) ? undefined : (covered.get(id)?.link ?? applied.get(id)?.link)
        if (link !== undefined) external.set(id, link)
      }
      return ids.flatMap((id) => (known.has(id) ? [id] : (covered.get(id)?.by ?? (external.has(id) ? [] : [id]))))
    }
    const recorded = applied.get(migration.id)?.parents.map((parent) => parent.split('@')[0] ?? parent)
    return recorded?.every((id) => known?.has(id)) === true ? recorded : undefined
  }

  if (sorted.every((migration) => !migration.headerless)) {
    for (const migration of sorted) parents.set(migration.id, stated(migration) ?? [])
    return { sorted, parents, late, external }
  }

  const place = (migration: Migration, own: readonly MigrationId[] | undefined, index: number): void => {
    if (own !== undefined) {
      parents.set(migration.id, own)
      return frontier.join(migration.id, own)
    }
    const isLate = index < lastApplied && !applied.has(migration.id) && !skipped.has(migration.id)
    if (isLate) late.add(migration.id)
    parents.set(migration.id, isLate ? frontier.aside(migration.id) : frontier.extend(migration.id))
  }

  // A file may state a parent that sorts after it (a branch that was rebased); it takes its place after that parent.
  const waiting = new Map<MigrationId, (() => void)[]>()
  const later: (() => void)[] = []
  const visit = (migration: Migration, index: number): void => {
    const own = stated(migration)
    const missing = own?.find((id) => !parents.has(id))
    if (missing !== undefined) {
      const others = waiting.get(missing)
      const again = (): void => visit(migration, index)
      if (others === undefined) waiting.set(missing, [again])
      else others.push(again)
      return
    }
    place(migration, own, index)
    for (const again of waiting.get(migration.id) ?? []) later.push(again)
  }
  for (const [index, migration] of sorted.entries()) {
    visit(migration, index)
    while (later.length > 0) later.pop()?.()
  }
  // What is left waits for itself or for nothing that exists; the graph names the circle or the missing parent.
  for (const migration of sorted) if (!parents.has(migration.id)) parents.set(migration.id, stated(migration) ?? [])
  return { sorted, parents, late, external }
}

/** The migrations without children so far. */
interface Frontier {
  /** Adds a migration with its own parents. */
  join(id: MigrationId, parents: readonly MigrationId[]): void
  /** Adds a migration on top of everything. */
  extend(id: MigrationId): readonly MigrationId[]
  /** Parents for a migration beside the chain: on top of everything, and nothing follows it but the next one beside. */
  aside(id: MigrationId): readonly MigrationId[]
}

function createFrontier(): Frontier {
  const heads = new Set<MigrationId>()
  let beside: { readonly id: MigrationId; readonly covers: boolean } | undefined
  return {
    join: (id, parents) => {
      for (const parent of parents) heads.delete(parent)
      heads.add(id)
      if (beside !== undefined) beside = { id: beside.id, covers: false }
    },
    extend: (id) => {
      const parents = [...heads]
      heads.clear()
      heads.add(id)
      if (beside !== undefined) beside = { id: beside.id, covers: false }
      return parents
    },
    aside: (id) => {
      const parents = beside?.covers === true ? [beside.id] : [...heads, ...(beside === undefined ? [] : [beside.id])]
      beside = { id, covers: true }
      return parents
    },
  }
}
