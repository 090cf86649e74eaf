import type { Action } from '../contract/action.ts'
import type { FactKind } from '../facts/fact.ts'

// Read as a migration should read: what stands in the way goes first, then things are made and changed, what is no longer wanted goes last.
const DROP: Readonly<Record<FactKind, number>> = {
  view: 0,
  constraint: 1,
  index: 2,
  column: 50,
  table: 51,
  sequence: 52,
  enum: 53,
  extension: 54,
  schema: 55,
}
const MAKE: Readonly<Record<FactKind, number>> = {
  schema: 10,
  extension: 11,
  enum: 12,
  sequence: 13,
  table: 14,
  column: 16,
  constraint: 22,
  index: 21,
  view: 24,
}
const ALTER: Readonly<Record<FactKind, number>> = {
  schema: 10,
  extension: 11,
  enum: 12,
  sequence: 13,
  table: 15,
  column: 17,
  constraint: 23,
  index: 22,
  view: 25,
}

/** Ties in the order of actions: smaller first. */
export function actionWeight(action: Action): number {
  if (action.weight !== undefined) return action.weight
  const { fact } = action.because
  const kind = fact.slice(0, fact.indexOf(':')) as FactKind
  if (action.produces.length > 0) return MAKE[kind] ?? 20
  return (action.destroys.length > 0 ? DROP[kind] : ALTER[kind]) ?? 20
}
