export interface AddedValue {
  readonly value: string
  /** Undefined at the end. */
  readonly place: { readonly side: 'BEFORE' | 'AFTER'; readonly value: string } | undefined
}

/**
 * The values that `ALTER TYPE … ADD VALUE` has to add, in order; undefined where values go or change places, which the
 * server cannot do in place.
 */
export function addedValues(from: readonly string[], to: readonly string[]): readonly AddedValue[] | undefined {
  const known = new Set(from)
  if (to.filter((value) => known.has(value)).join('\0') !== from.join('\0')) return undefined
  const last = to.findLastIndex((value) => known.has(value))
  return to.flatMap((value, index): readonly AddedValue[] => {
    if (known.has(value)) return []
    const previous = to[index - 1]
    if (index > last) return [{ value, place: undefined }]
    if (previous !== undefined) return [{ value, place: { side: 'AFTER', value: previous } }]
    return [{ value, place: { side: 'BEFORE', value: from[0] ?? '' } }]
  })
}
