import type { AlterDelta, Replacement } from '@yama/schema'

const ITSELF: Replacement = { self: true, dependents: [] }

/**
 * Views, indexes and triggers are made anew, and a table that becomes a virtual one or stops being one. Nothing else has to go while a table is altered:
 * rebuilds leave views and triggers where they are.
 */
export function replaces(delta: AlterDelta): Replacement | undefined {
  switch (delta.kind) {
    case 'view':
    case 'index':
    case 'trigger':
      return ITSELF
    case 'table': {
      const [from, to] = [delta.from.payload.options['virtual'], delta.to.payload.options['virtual']]
      return (from === undefined) === (to === undefined) ? undefined : ITSELF
    }
    default:
      return undefined
  }
}
