/**
 * Equal plain data, equal text, whatever the order of its keys; an undefined member is no member. The same text as core's `canonicalJson`
 * for plain data, written for the many small payloads of a schema: no intermediate arrays, and the few keys there are quoted once.
 */
export function stableText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return value === undefined ? 'null' : String(value)
  if (Array.isArray(value)) {
    let list = ''
    for (const item of value) list += list === '' ? stableText(item) : `,${stableText(item)}`
    return `[${list}]`
  }
  const members = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const key of sortedKeys(members)) {
    const member = members[key]
    if (member !== undefined) text += (text === '' ? '' : ',') + quotedKey(key) + stableText(member)
  }
  return `{${text}}`
}

function sortedKeys(members: object): readonly string[] {
  const keys = Object.keys(members)
  for (let at = 1; at < keys.length; at++) if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return keys.sort()
  return keys
}

const quotedKeys = new Map<string, string>()
const MOST_KEYS = 1_000

function quotedKey(key: string): string {
  let text = quotedKeys.get(key)
  if (text === undefined) {
    if (quotedKeys.size >= MOST_KEYS) quotedKeys.clear()
    quotedKeys.set(key, (text = `${JSON.stringify(key)}:`))
  }
  return text
}
