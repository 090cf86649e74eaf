import type { Effect, StatementEffects } from '@yama/core'
import type { TouchedObject } from '../contract/review-document.ts'

/** A statement of the change with what it reads and writes. */
export interface ChangedStatement {
  readonly migration: string
  readonly effects: StatementEffects
}

/** One object, gathered over all statements. */
export interface ObjectTouch {
  /** `relation:users`. */
  readonly object: string
  readonly schema: string
  does: TouchedObject['does']
  /** By member, whether it is changed or removed; a new one is neither. */
  readonly members: Map<string, boolean>
  readonly migrations: Set<string>
  /** What the object itself is, or all of its columns, changes or goes. */
  whole: boolean
}

const RANK: Readonly<Record<TouchedObject['does'], number>> = { reads: 0, 'writes rows': 1, changes: 2, creates: 3, removes: 4 }
/** Kinds of effects that are about how the database works, not about an object somebody knows. */
const INNER = new Set(['schema-objects'])
/** What, changed, is felt by everything that needs the object. */
const WHOLE: ReadonlySet<Effect['facet']> = new Set(['exist', 'name', 'shape', 'definition'])
/** Members that name no part: all rows, or a place in a list. */
const NAMELESS = /^rows:/

/** The objects that statements touch, in the order in which they are first touched. */
export function touchedObjects(statements: readonly ChangedStatement[]): readonly ObjectTouch[] {
  const found = new Map<string, ObjectTouch>()
  for (const { migration, effects } of statements) {
    for (const effect of effects.effects) {
      if (INNER.has(kindOf(effect.object))) continue
      const touch = touchOf(found, effect)
      touch.does = both(touch.does, doing(effect))
      touch.migrations.add(migration)
      const changes = effect.access === 'write'
      if (effect.member !== undefined) {
        if (effect.access !== 'read' && !NAMELESS.test(effect.member))
          touch.members.set(effect.member, (touch.members.get(effect.member) ?? false) || (changes && effect.facet !== 'rows'))
      } else if (changes && WHOLE.has(effect.facet)) touch.whole = true
    }
  }
  return [...found.values()]
}

/** The same object with and without its schema written is one. */
function touchOf(found: Map<string, ObjectTouch>, { object, schema }: Effect): ObjectTouch {
  const key = object.toLowerCase()
  const known = found.get(`${schema}.${key}`) ?? (schema === '' ? undefined : found.get(`.${key}`))
  if (known !== undefined) return known
  const touch: ObjectTouch = { object, schema, does: 'reads', members: new Map(), migrations: new Set(), whole: false }
  found.set(`${schema}.${key}`, touch)
  return touch
}

/** What goes and comes again in one change, as in a rebuild, changes. */
function both(known: TouchedObject['does'], next: TouchedObject['does']): TouchedObject['does'] {
  if ((known === 'removes' && next === 'creates') || (known === 'creates' && next === 'removes')) return 'changes'
  return RANK[next] > RANK[known] ? next : known
}

function doing({ access, facet, member }: Effect): TouchedObject['does'] {
  if (access === 'read') return 'reads'
  if (facet === 'rows' || facet === 'keys') return 'writes rows'
  if (member !== undefined) return 'changes'
  if (facet === 'exist') return access === 'add' ? 'creates' : 'removes'
  return 'changes'
}

export const kindOf = (object: string): string => object.slice(0, object.indexOf(':'))
export const nameOf = (object: string): string => object.slice(object.indexOf(':') + 1)
