/**
 * Equal plain data, equal text, whatever the order of its keys; an undefined member is no member. The same text as core's `canonicalJson`
 * for plain data, written for the many small payloads of a schema: it makes no intermediate arrays of entries.
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
  for (const key of Object.keys(members).sort()) {
    const member = members[key]
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${stableText(member)}`
  }
  return `{${text}}`
}
