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

/** The inverse of `encodeFacts`; throws a SyntaxError for text that it did not write. */
export function decodeFacts(text: string): FactBase {
  const encoded = JSON.parse(text) as Encoded
  if (encoded.format !== 1) throw new SyntaxError('unknown format of encoded facts')
  return { tag: encoded.tag, facts: new Map(encoded.facts.map((fact) => [fact.id, fact])), unmanaged: encoded.unmanaged }
}
