import { schemaErrors } from '../errors/errors.ts'
import type { AnyFact, FactBase, Unmanaged } from './fact.ts'

interface Encoded {
  readonly format: 1
  readonly tag: string
  readonly facts: readonly AnyFact[]
  readonly unmanaged: readonly Unmanaged[]
}

/** A fact base as text, for the snapshot in the database and for caches. */
export function encodeFacts(base: FactBase): string {
  const encoded: Encoded = { format: 1, tag: base.tag, facts: [...base.facts.values()], unmanaged: base.unmanaged }
  return JSON.stringify(encoded)
}

/** The inverse of `encodeFacts`; throws YAMA_SCHEMA_ENCODED_FORMAT for another version's text, a SyntaxError for what is no JSON. */
export function decodeFacts(text: string): FactBase {
  const encoded = JSON.parse(text) as Encoded
  if (encoded.format !== 1) throw schemaErrors.YAMA_SCHEMA_ENCODED_FORMAT({ found: String(encoded.format), known: 1 })
  return { tag: encoded.tag, facts: new Map(encoded.facts.map((fact) => [fact.id, fact])), unmanaged: encoded.unmanaged }
}
