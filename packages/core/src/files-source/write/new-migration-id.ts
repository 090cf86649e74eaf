/** Crockford's base 32: no I, L, O or U, so that an id can be read aloud and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A new random id: `m_` and ten characters, 50 bits.
 *
 * @example newMigrationId() // 'm_3F7K9Q2XWB'
 */
export function newMigrationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  return `m_${Array.from(bytes, (byte) => alphabet[byte & 31]).join('')}`
}
