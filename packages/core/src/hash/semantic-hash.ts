import type { Phase, TransactionMode } from '../contract/migration.ts'
import { canonicalJson } from './canonical-json.ts'
import { sha256Hex } from './sha256.ts'

/** What a migration means, comments and formatting aside. */
export interface Meaning {
  /** The dialect's `semanticTokens` of each statement, or canonical JSON of each operation. */
  readonly up: readonly string[]
  readonly down?: readonly string[] | undefined
  readonly transaction: { readonly up: TransactionMode; readonly down: TransactionMode }
  readonly phase: Phase
  readonly appliesTo?: string | undefined
  readonly requires: readonly string[]
}

/**
 * Hash of what a migration means, `y1:sha256:` and 64 hex digits; a cosmetic edit does not change it.
 *
 * @example
 * semanticHash({ up: [dialect.semanticTokens('create table t (id int)')], transaction: { up: 'auto', down: 'auto' }, phase: 'expand', requires: [] })
 */
export function semanticHash(meaning: Meaning): string {
  return `y1:sha256:${sha256Hex(canonicalJson({ ...meaning, requires: [...meaning.requires].sort() }))}`
}

/**
 * Hash of the bytes as they are in the file, `y1:sha256:` and 64 hex digits.
 *
 * @example rawHash('create table t (id int);\n')
 */
export function rawHash(data: string | Uint8Array): string {
  return `y1:sha256:${sha256Hex(data)}`
}
