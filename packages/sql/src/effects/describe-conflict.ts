import type { Effect, MigrationConflict } from '@yama/core'

const DOES: Readonly<Record<Effect['facet'], readonly [reads: string, writes: string]>> = {
  exist: ['needs it to be there', 'changes or removes it'],
  name: ['needs it under its name', 'renames it'],
  shape: ['uses all of its columns', 'restates all of it'],
  type: ['depends on its type', 'changes its type'],
  null: ['depends on whether it may be null', 'changes whether it may be null'],
  default: ['depends on its default', 'changes its default'],
  definition: ['depends on what it does', 'changes what it does'],
  rows: ['reads its rows', 'writes its rows'],
  keys: ['refers to its rows', 'removes or renames rows'],
  uniqueness: ['needs its key', 'changes its keys'],
  privileges: ['depends on its privileges', 'changes its privileges'],
  order: ['depends on the order in it', 'changes the order in it'],
  comment: ['reads its comment', 'changes its comment'],
}

const said = ({ facet, access }: Effect): string =>
  access === 'read' ? DOES[facet][0] : access === 'add' && facet === 'exist' ? 'creates it' : DOES[facet][1]

/** Both statements and where they meet, in words. */
export function describeConflict(one: Effect, other: Effect, first: string, second: string): Omit<MigrationConflict, 'one' | 'other'> {
  const place = other.member === undefined ? one : other
  const name = place.object.replace(':', ' ')
  const object = place.member === undefined ? name : `${place.member.replace(':', ' ')} of ${name}`
  const why =
    one.access === 'add' && other.access === 'add' && one.member === other.member
      ? `Both create ${object}.`
      : `One ${said(one)}, the other ${said(other)}.`
  return { object, why, statements: [first, second] }
}
