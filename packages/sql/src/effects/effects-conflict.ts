import type { Effect, EffectFacet } from '@yama/core'

/** Facets whose change touches everything about the place, whoever looks at it. */
const WHOLE: ReadonlySet<EffectFacet> = new Set(['exist', 'name', 'shape', 'type'])

/** Facets of an object that are those of all its members too: the rows of a table are the values of its columns. */
const SPREAD: ReadonlySet<EffectFacet> = new Set(['rows', 'keys', 'default', 'null', 'uniqueness', 'definition', 'order', 'privileges'])

/** Whether two effects meet at one place such that their order matters. Symmetrical. */
export function effectsConflict(one: Effect, other: Effect): boolean {
  if (one.access === 'read' && other.access === 'read') return false
  if (isOtherType(one, other) || isOtherType(other, one) || isGiven(one, other) || isGiven(other, one)) return false
  // Whoever needs a key has one; another one takes nothing away, and what it asks of the rows it says itself.
  if (
    one.facet === 'uniqueness' &&
    other.facet === 'uniqueness' &&
    one.access !== 'write' &&
    other.access !== 'write' &&
    one.access !== other.access
  )
    return false
  if (one.object !== other.object || !sameSchema(one.schema, other.schema)) return false
  if (one.member === other.member) return atOnePlace(one, other)
  if (one.member === undefined) return aboveMember(one, other)
  return other.member === undefined && aboveMember(other, one)
}

/** A change of a column that leaves its name and its place, for who needs no more of it. */
const isOtherType = ({ untyped }: Effect, { member, facet }: Effect): boolean =>
  untyped === true && member !== undefined && facet !== 'exist' && facet !== 'name' && facet !== 'order'

/** The default of a column that new rows are given a value for. */
const isGiven = ({ given }: Effect, { member = '', facet }: Effect): boolean =>
  given !== undefined && facet === 'default' && member.startsWith('column:') && given.includes(member.slice('column:'.length))

const sameSchema = (one: string, other: string): boolean => one === '' || other === '' || one === other

function atOnePlace(one: Effect, other: Effect): boolean {
  // A column of another type may be as empty as before.
  if (one.access === 'write' && other.access === 'write' && isTypeAndNull(one.facet, other.facet)) return false
  if (changesWhole(one) || changesWhole(other)) return true
  if (one.facet !== other.facet) return false
  // Two times of the last change.
  if (one.member?.startsWith('column:') === true && one.facet === 'rows' && one.access === 'add' && other.access === 'add') return false
  // Two removals: each row that either of them finds is gone.
  if (one.member === 'rows:all' && one.access === 'write' && other.access === 'write') return false
  // Two triggers, two constraints: each is judged where rows are written, not beside the other.
  return !(one.facet === 'definition' && one.access === 'add' && other.access === 'add')
}

const isTypeAndNull = (one: EffectFacet, other: EffectFacet): boolean =>
  (one === 'type' && other === 'null') || (one === 'null' && other === 'type')

/** Neither triggers nor policies are. */
const COPIED = /^(column|object|constraint|index|statistics|numbered):/

const changesWhole = ({ facet, access }: Effect): boolean => access !== 'read' && WHOLE.has(facet)

/** The one is about an object, the other about a member of it. */
function aboveMember(above: Effect, member: Effect): boolean {
  const { facet, access } = above
  if (facet === 'exist' || facet === 'name') return access !== 'read'
  if (facet === 'shape') {
    // A rebuild restates the whole table; a reader of all columns cares for nothing but them.
    if (access !== 'read') return true
    if (member.access === 'read' || (!WHOLE.has(member.facet) && member.facet !== 'order')) return false
    return (above.parts === true ? COPIED : /^(column|object):/).test(member.member ?? '')
  }
  if (facet === 'type') return access !== 'read'
  // What is said of a table is not said of its columns; a copy takes both along.
  if (facet === 'comment') return access === 'read' && member.facet === 'comment'
  if (!SPREAD.has(facet)) return facet === member.facet
  // Rows that are written into a column whose type changes at the same time.
  if (facet === 'rows' && access === 'write' && member.facet === 'type') return member.access !== 'read'
  return facet === member.facet
}
