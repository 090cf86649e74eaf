import { sha256Hex } from './sha256.ts'

/**
 * The Merkle link of a migration: 16 hex digits over its semantic hash and the sorted links of its parents, so that an
 * edited or deleted ancestor changes every descendant's link.
 *
 * @example linkHash(migration.semanticHash, ['5e1f90c2aa01bd37'])
 */
export function linkHash(semanticHash: string, parentLinks: readonly string[]): string {
  const [only] = parentLinks
  const links = parentLinks.length > 1 ? [...parentLinks].sort().join('\n') : only
  return sha256Hex(links === undefined ? semanticHash : `${semanticHash}\n${links}`).slice(0, 16)
}
