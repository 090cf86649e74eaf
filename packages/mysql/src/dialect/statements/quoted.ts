/** Always with backticks: a reserved word of one version is none of another. */
export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

const PLAIN = /^[\n\r\t\u0020-\u007E]*$/

/**
 * The text as a literal that reads the same whatever the session's settings say: a backslash means something only without NO_BACKSLASH_ESCAPES, so a
 * text with one is written in hex, and one that is not plain ASCII says in which character set it stands.
 */
export function literal(text: string): string {
  if (text.includes('\\') || text.includes('\0')) return `_utf8mb4 x'${Buffer.from(text, 'utf8').toString('hex')}'`
  const quoted = `'${text.replaceAll("'", "''")}'`
  return PLAIN.test(text) ? quoted : inUtf8(quoted)
}

/** The same where its character set matters although it is plain: a server makes no JSON of a text of the character set `binary`. */
export const inUtf8 = (quoted: string): string => (quoted.startsWith('_') ? quoted : `_utf8mb4${quoted}`)

/** `app@%`, as CURRENT_USER() says it, as a statement takes it. A name may have an @ in it, a host has none. */
export function accountName(user: string): string {
  const at = user.lastIndexOf('@')
  return at < 0 ? literal(user) : `${literal(user.slice(0, at))}@${literal(user.slice(at + 1))}`
}
