/** So many different payloads are remembered; a schema has far fewer, however many tables. */
const MOST = 20_000

const payloads = new Map<string, object>()

/**
 * One object for all payloads that are made from the same: `text NOT NULL` is the type of a thousand columns. What compares or hashes two
 * extractions then sees at once that they are equal. `key` has everything that decides the payload.
 */
export function sharedPayload<T extends object>(key: string, make: () => T): T {
  const known = payloads.get(key)
  if (known !== undefined) return known as T
  const made = make()
  if (payloads.size >= MOST) payloads.clear()
  payloads.set(key, made)
  return made
}
