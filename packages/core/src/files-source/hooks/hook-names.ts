import type { Direction } from '../../contract/migration.ts'
import type { HookEvent } from '../../contract/plan.ts'

/** When the statements of a hook file run. */
export interface HookMoment {
  readonly event: HookEvent
  /** Only in runs of this direction. */
  readonly only?: Direction
}

const own = ['before-run', 'after-run', 'before-migration', 'after-migration', 'before-down', 'after-down', 'on-error'] as const

/** The callbacks of Flyway that mean the same. */
const flyway: Readonly<Record<string, HookMoment>> = {
  beforeMigrate: { event: 'before-run', only: 'up' },
  afterMigrate: { event: 'after-run', only: 'up' },
  afterMigrateError: { event: 'on-error', only: 'up' },
  beforeEachMigrate: { event: 'before-migration' },
  afterEachMigrate: { event: 'after-migration' },
  beforeUndo: { event: 'before-run', only: 'down' },
  afterUndo: { event: 'after-run', only: 'down' },
  afterUndoError: { event: 'on-error', only: 'down' },
  beforeEachUndo: { event: 'before-down' },
  afterEachUndo: { event: 'after-down' },
}

/** Every name that a hook file may have, without `.sql`. */
export const hookNames: readonly string[] = [...own, ...Object.keys(flyway)]

/** What a name without its description and `.sql` means; undefined where it means nothing. */
export function hookMoment(name: string): HookMoment | undefined {
  const event = own.find((each) => each === name)
  if (event !== undefined) return { event }
  return Object.hasOwn(flyway, name) ? flyway[name] : undefined
}
