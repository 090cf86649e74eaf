import type { Effect, EffectLink } from '@yama/core'

/** Facets of a table that are its children's too. */
const INHERITED: ReadonlySet<Effect['facet']> = new Set(['exist', 'name', 'shape', 'type', 'null', 'default', 'definition', 'uniqueness'])

/** A change of a table is one of its children and partitions; an index that is made on it makes one on each, or takes one that is there. */
export function inherited({ says: _, ...effect }: Effect, links: readonly EffectLink[]): readonly Effect[] {
  const { access, facet, member } = effect
  if (access === 'read' || !INHERITED.has(facet) || (member === undefined && facet === 'name')) return []
  const isIndex = facet === 'exist' && access === 'add' && /^(index|constraint):/.test(member ?? '')
  return links
    .filter(({ when }) => when === 'alter')
    .flatMap(({ effects }) =>
      effects.flatMap(({ object, schema }): readonly Effect[] => [
        { ...effect, object, schema },
        ...(isIndex ? [{ object, schema, member: INDEXES, facet: 'order', access: 'write' } as const] : []),
      ]),
    )
}

/** The indexes of a partition, as whoever makes one meets them. */
export const INDEXES = 'indexes:'
