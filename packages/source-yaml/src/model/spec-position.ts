import type { SourcePosition } from '@yama/core'
import type { SpecPlace } from '../field/field-spec.ts'
import type { Placed } from './model.ts'

/** Where a part of a field stands, in the shorthand or in the object. */
export function specPosition(field: Placed, place: SpecPlace | undefined): SourcePosition {
  if (place === undefined) return field.source.keyAt(field.path)
  return 'offset' in place ? field.source.at(field.path, place.offset) : field.source.at([...field.path, place.key])
}
