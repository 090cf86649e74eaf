import { driftErrors, findDrifted, type DriftedObject } from '@yama/drift'
import type { FoundDrift } from './read-drift.ts'

/** The drifted objects that were named; without names, all that are not ignored. Throws YAMA_DRIFT_UNKNOWN_OBJECT. */
export function chosenDrift({ report }: FoundDrift, names: readonly string[]): readonly DriftedObject[] {
  if (names.length === 0) return report.objects.filter(({ ignored }) => ignored === undefined)
  const chosen = names.flatMap((name) => {
    const found = findDrifted(report.objects, name)
    if (found.length === 0) throw driftErrors.YAMA_DRIFT_UNKNOWN_OBJECT({ object: name })
    return found
  })
  return [...new Set(chosen)]
}

/** Those that can be changed, and the rest; throws YAMA_DRIFT_UNMANAGED where one of the rest was asked for by name. */
export function managedDrift(
  objects: readonly DriftedObject[],
  isNamed: boolean,
): { readonly objects: readonly DriftedObject[]; readonly left: readonly DriftedObject[] } {
  const left = objects.filter(({ managed }) => !managed)
  const [first] = left
  if (isNamed && first !== undefined) throw driftErrors.YAMA_DRIFT_UNMANAGED({ object: first.object })
  return { objects: objects.filter(({ managed }) => managed), left }
}
