/** True where JSON gives back the same value: no infinity, no negative zero, nothing undefined, no object of a class. */
export function isPlainData(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
    case 'object':
      if (value === null) return true
      if (Array.isArray(value)) return Object.keys(value).length === value.length && value.every(isPlainData)
      return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlainData)
    default:
      return false
  }
}
