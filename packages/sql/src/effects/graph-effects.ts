import type { Commutativity, Migration } from '@yama/core'
import { expandEffects, indexLinks, type ExpandedEffects } from './effect-links.ts'
import { migrationEffects } from './migration-effects.ts'

/** One statement of a migration with everything that it does, and what follows from it. */
export interface FollowedStatement {
  readonly text: string
  readonly found: ExpandedEffects
}

/**
 * What each statement of each migration does: routines, triggers, keys and views which any of them makes are followed, and what cannot be read is what the
 * file says of itself. A step that is no statement stands for itself, as not read.
 */
export async function graphEffects(
  migrations: readonly Migration[],
  judge: Pick<Commutativity, 'effectsOf'>,
): Promise<readonly { readonly migration: Migration; readonly statements: readonly FollowedStatement[] }[]> {
  const judged = await migrationEffects(migrations, judge.effectsOf)
  const links = indexLinks(judged, [])
  return judged.map(({ migration, statements }) => ({
    migration,
    statements: statements.map(({ text, found }) => ({ text, found: expandEffects(found, links) })),
  }))
}
