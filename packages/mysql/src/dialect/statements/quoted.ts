/** Always with backticks: a reserved word of one version is none of another. */
export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/**
 * The text as a literal that reads the same whatever the session's sql_mode says: a backslash means something only
 * without NO_BACKSLASH_ESCAPES, so a text with one is written in hex.
 */
export function literal(text: string): string {
  if (!text.includes('\\') && !text.includes('\0')) return `'${text.replaceAll("'", "''")}'`
  return `_utf8mb4 x'${Buffer.from(text, 'utf8').toString('hex')}'`
}
