import type { SchemaDialect } from '@yama/schema'

export type NameRules = Pick<SchemaDialect, 'identifierLimit' | 'identifierUnit'>

const encoder = new TextEncoder()
const PLAIN = /^[ -~]*$/

/** As the server counts: bytes in UTF-8, or characters. */
export function nameLength(text: string, { identifierUnit }: Pick<NameRules, 'identifierUnit'>): number {
  // Nearly all names are plain, and have as many bytes as characters.
  if (PLAIN.test(text)) return text.length
  return identifierUnit === 'characters' ? [...text].length : encoder.encode(text).length
}

/** True where the text surely or exactly fits; short names are not encoded, there are many of them. */
export function fits(text: string, rules: NameRules): boolean {
  return text.length * 3 <= rules.identifierLimit || nameLength(text, rules) <= rules.identifierLimit
}
