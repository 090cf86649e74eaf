import type { Migration } from '../contract/migration.ts'
import { appliesHere, type Attributes } from './applies-here.ts'

/**
 * The migrations as they are in one database: one that is for others keeps its place and its hashes, and has no steps in either
 * direction, so it is recorded and nothing runs. Throws YAMA_APPLIES_TO_INVALID.
 *
 * @example leaveOutElsewhere(await source.load(), { dialect: 'sqlite', project: 'default', environment: 'dev' })
 */
export function leaveOutElsewhere(migrations: readonly Migration[], attributes: Attributes): readonly Migration[] {
  if (!migrations.some(({ appliesTo }) => appliesTo !== undefined)) return migrations
  return migrations.map((migration) => {
    if (appliesHere(migration, attributes)) return migration
    const { reversibility: _, ...rest } = migration
    return Object.freeze<Migration>({ ...rest, up: [], down: [], noop: true, elsewhere: true })
  })
}
