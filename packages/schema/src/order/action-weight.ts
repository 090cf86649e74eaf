import type { Action } from '../contract/action.ts'
import type { FactKind } from '../facts/fact.ts'

// Read as a migration should read: what stands in the way goes first, then things are made and changed, what is no longer wanted goes last.
const DROP: Readonly<Record<FactKind, number>> = {
  eventTrigger: 0,
  publication: 0,
  trigger: 0,
  rule: 0,
  policy: 0,
  grant: 0,
  view: 0,
  statistics: 1,
  constraint: 1,
  index: 2,
  owner: 0,
  rows: 49,
  column: 50,
  table: 51,
  sequence: 52,
  function: 52,
  domain: 53,
  compositeType: 53,
  rangeType: 53,
  object: 53,
  enum: 53,
  extension: 54,
  schema: 55,
  // What is made in the same change is made under those that were there before.
  defaultPrivilege: 60,
}
const MAKE: Readonly<Record<FactKind, number>> = {
  schema: 10,
  extension: 11,
  enum: 12,
  domain: 12,
  compositeType: 12,
  rangeType: 12,
  object: 12,
  sequence: 13,
  table: 14,
  // Defaults and checks call what they find; a body that names a new column waits for it.
  function: 15,
  column: 16,
  constraint: 22,
  index: 21,
  rows: 19,
  statistics: 23,
  view: 24,
  trigger: 26,
  rule: 26,
  policy: 27,
  grant: 28,
  publication: 29,
  // They shall not reach what is made in the same change, however late that is.
  defaultPrivilege: 57,
  // Whoever gives an object away may have nothing more to say about it.
  owner: 58,
  // It may refuse what stands in the same change.
  eventTrigger: 61,
}
const ALTER: Readonly<Record<FactKind, number>> = {
  schema: 10,
  extension: 11,
  enum: 12,
  domain: 12,
  compositeType: 12,
  rangeType: 12,
  object: 12,
  sequence: 13,
  table: 15,
  function: 15,
  column: 17,
  constraint: 23,
  index: 22,
  rows: 19,
  statistics: 23,
  view: 25,
  trigger: 26,
  rule: 26,
  policy: 27,
  grant: 28,
  publication: 29,
  defaultPrivilege: 57,
  owner: 58,
  eventTrigger: 61,
}

/** Ties in the order of actions: smaller first. */
export function actionWeight(action: Action): number {
  if (action.weight !== undefined) return action.weight
  const { fact } = action.because
  const kind = fact.slice(0, fact.indexOf(':')) as FactKind
  if (action.produces.length > 0) return MAKE[kind] ?? 20
  return (action.destroys.length > 0 ? DROP[kind] : ALTER[kind]) ?? 20
}
