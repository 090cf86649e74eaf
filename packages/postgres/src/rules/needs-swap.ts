import type { Fact } from '@yama/schema'
import { addedValues } from './enum-values.ts'
import { renamedValues, withNewNames } from './renamed-values.ts'

/** True where an enum cannot be changed in place: a value goes, or values change places. */
export function needsSwap(from: Fact<'enum'>, to: Fact<'enum'>): boolean {
  return addedValues(withNewNames(from.payload.values, renamedValues(from, to)), to.payload.values) === undefined
}
