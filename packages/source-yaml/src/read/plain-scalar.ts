const INTEGER = /^-?(?:0|[1-9]\d{0,14})$/
/** May be a number in one notation or another, or one of the words for what is none. */
const NUMERIC = /^(?:[-+.]|0[ox])?[\d.]|^[-+]?\.(?:inf|nan)$/i
const WORD = /^(?:null|true|false|~)$/i
/** What a text without quotes may begin with, the plainest characters alone. */
const START = /^[A-Za-z0-9_(.<=+$/\\^;\u00a1-\uffff]/

/** The value of a scalar on one line; undefined where it is not as plain as that. */
export function plainScalar(text: string): string | number | boolean | null | undefined {
  if (text.startsWith('"')) return /^"([^"\\]*)"$/.exec(text)?.[1]
  if (text.startsWith("'")) return /^'((?:[^']|'')*)'$/.exec(text)?.[1]?.replaceAll("''", "'")
  if (!START.test(text) && !INTEGER.test(text)) return undefined
  if (text.includes(': ') || text.includes(' #') || text.endsWith(':')) return undefined
  switch (text) {
    case 'true':
      return true
    case 'false':
      return false
    case 'null':
      return null
    default:
  }
  if (WORD.test(text)) return undefined
  if (INTEGER.test(text)) return text === '-0' ? undefined : Number(text)
  return NUMERIC.test(text) && /^[-+.\w]*$/.test(text) ? undefined : text
}
