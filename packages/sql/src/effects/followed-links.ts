import type { Effect, EffectLink } from '@yama/core'

const passes = ({ when, columns }: EffectLink, member: string | undefined): boolean =>
  when === 'made' && (columns === undefined || (member !== undefined && columns.includes(member.slice('column:'.length))))

/** The columns of a view of SQLite are those of the table behind it, which may be such a view too. */
export function ofMadeColumns(effects: readonly Effect[], links: ReadonlyMap<string, readonly EffectLink[]>): readonly Effect[] {
  const found: Effect[] = []
  const seen = new Set<string>()
  for (const { object: view, access, facet, member } of effects) {
    if (access !== 'read' || (member === undefined ? facet !== 'shape' : facet !== 'type')) continue
    const open = [view]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(`${at} ${member ?? ''}`)) continue
      seen.add(`${at} ${member ?? ''}`)
      for (const { object, schema } of (links.get(at) ?? []).flatMap((link) => (passes(link, member) ? link.effects : []))) {
        found.push({ object, schema, facet, access, ...(member === undefined ? {} : { member }) })
        open.push(object)
      }
    }
  }
  return found
}

/** What is said of an index is said of its table too: a copy of that takes it along. */
export const commented = ({ object, facet, access }: Effect, brought: ReadonlyMap<string, readonly Effect[]>): readonly Effect[] =>
  facet === 'comment' && access === 'write'
    ? (brought.get(object) ?? []).flatMap((other): readonly Effect[] => (other.facet === 'exist' ? [{ ...other, facet, access }] : []))
    : []

/** The sequence of a column that goes. */
export const goesWith = ({ facet, member }: Effect, known: readonly EffectLink[]): readonly Effect[] =>
  facet === 'exist'
    ? known.flatMap(({ when, columns, effects }) =>
        when === 'drop' && (member === undefined || columns?.includes(member.slice('column:'.length)) === true) ? effects : [],
      )
    : []

/** What a function says of NEW and OLD is said of the table whose trigger runs it. */
export const ofRow = (effects: readonly Effect[], table: Effect['row']): readonly Effect[] =>
  effects.flatMap((effect): readonly Effect[] => {
    if (table === undefined) return effect.object === OWN_ROW ? [] : [effect]
    const { object, schema } = table
    if (effect.object === OWN_ROW) return [{ ...effect, object, schema }]
    return isRun(effect) ? [{ ...effect, row: { object, schema } }] : [effect]
  })

const OWN_ROW = 'row:own'

/** A function that is run: what it does is what its definition says then. */
export const isRun = ({ object, facet }: Effect): boolean => facet === 'rows' && object.startsWith('function:')

/** What follows from a change of rows, or from reading them. */
export function follow(effect: Effect, links: readonly EffectLink[]): readonly EffectLink[] {
  if (effect.facet !== 'rows') return []
  const { access, member, schema } = effect
  const event =
    access === 'read'
      ? 'read'
      : access === 'add' && member === undefined
        ? 'insert'
        : member === undefined || member === 'rows:all'
          ? 'delete'
          : 'update'
  const column = member?.replace(/^column:/, '')
  return links.filter((link) => {
    if (link.schema !== '' && schema !== '' && link.schema !== schema) return false
    if (link.when === 'call') return true
    if (link.when !== event) return false
    if (link.columns === undefined) return true
    if (event === 'update') return link.columns.includes(column ?? '')
    return event !== 'insert' || !link.columns.every((each) => effect.given?.includes(each) === true)
  })
}
