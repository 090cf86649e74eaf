import { significant } from './tokens.ts'

/** A declared type: SQLite compares it without case, and so does the model. `varchar ( 20 )` → `VARCHAR(20)`. */
export function canonicalType(declared: string): string {
  let text = ''
  let glue = true
  for (const token of significant(declared)) {
    const joined = glue || token.kind === 'open' || token.kind === 'close' || token.text === ','
    text += `${joined ? '' : ' '}${token.kind === 'word' ? token.text.toUpperCase() : token.text}`
    glue = token.kind === 'open' || token.text === '-' || token.text === '+'
  }
  return text
}
