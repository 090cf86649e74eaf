import type { FactId } from './fact.ts'
import { parseFactId } from './parse-fact-id.ts'

/** A fact's id for people: `column users.email`, `table blog.posts`. */
export function describeFact(id: FactId): string {
  const { kind, schema, table, name } = parseFactId(id)
  return `${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${[schema, table, name].filter((part) => part !== undefined && part !== '').join('.')}`
}
