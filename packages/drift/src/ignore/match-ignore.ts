import type { DriftedObject } from '../detect/drifted-object.ts'
import { namesOf } from '../detect/find-drifted.ts'
import type { DriftIgnore } from './drift-ignores.ts'

/** The first ignore that means the object or the table that it is on. */
export function matchIgnore(object: DriftedObject, ignores: readonly DriftIgnore[]): DriftIgnore | undefined {
  if (ignores.length === 0) return undefined
  const names = new Set(namesOf(object))
  return ignores.find((ignore) => names.has(ignore.object))
}
