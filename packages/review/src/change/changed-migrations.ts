import type { Migration } from '@yama/core'

export interface ChangedMigration {
  readonly migration: Migration
  readonly change: 'added' | 'edited'
}

export interface MigrationChange {
  /** In the order of `after`. */
  readonly changed: readonly ChangedMigration[]
  readonly removed: readonly Migration[]
}

/**
 * What one list of migrations has that the other has not: new ones, and those whose meaning differs. `after` are in the order in which
 * they run.
 *
 * @example changedMigrations(onBase, here).changed.map(({ migration }) => migration.name)
 */
export function changedMigrations(before: readonly Migration[], after: readonly Migration[]): MigrationChange {
  const known = new Map(before.map((migration) => [migration.id, migration]))
  const kept = new Set(after.map(({ id }) => id))
  return {
    changed: after.flatMap((migration): readonly ChangedMigration[] => {
      const old = known.get(migration.id)
      if (old === undefined) return [{ migration, change: 'added' }]
      return old.semanticHash === migration.semanticHash ? [] : [{ migration, change: 'edited' }]
    }),
    removed: before.filter(({ id }) => !kept.has(id)),
  }
}
