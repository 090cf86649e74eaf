import type { Fact } from '@yama/schema'
import { nextValue } from './column-definition.ts'

/** The parent's column under the child's id: where a child starts, and where it comes back to. */
export function asGiven(column: Fact<'column'>, given: Fact<'column'>): Fact<'column'> {
  const { comment: _, identity, options, ...rest } = given.payload
  const {
    notNullName: _1,
    notNullNoInherit,
    notNullComment: _2,
    notNullDeclared: _3,
    notNullInherited: _4,
    inherited: _5,
    ...others
  } = options
  // The sequence is the parent's, wherever the child is.
  const value = identity?.mode === 'serial' ? { default: nextValue(given) } : {}
  return { ...column, payload: { ...rest, ...value, notNull: rest.notNull && notNullNoInherit !== true, options: others } }
}
