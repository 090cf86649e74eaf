/** Structural equality of plain data; an absent and an undefined member are the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]))
  if (Array.isArray(b)) return false
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  let defined = 0
  for (const key in left) {
    if (left[key] === undefined) continue
    defined++
    if (!sameValue(left[key], right[key])) return false
  }
  for (const key in right) if (right[key] !== undefined) defined--
  return defined === 0
}
