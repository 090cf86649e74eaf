import type { Rename } from '../contract/delta.ts'
import type { FactBase } from '../facts/fact.ts'
import { renameFacts } from './rename-facts.ts'

/**
 * The base after the renames, without a server: ids, references and parents are exact; names inside expressions and view texts are replaced as well
 * as that goes without understanding SQL. Where a scratch database is at hand, run `planRenames` in it and extract instead.
 */
export function applyRenames(before: FactBase, renames: readonly Rename[]): FactBase {
  return renameFacts(before, renames).base
}

/** The renames that undo the given ones. */
export function invertRenames(renames: readonly Rename[]): readonly Rename[] {
  return renames.map(({ from, to }) => ({ from: to, to: from }))
}
