// Strings, dollar-quoted strings, quoted names, words: enough to tell a name from a literal, no more.
const TOKEN = /'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|"(?:[^"]|"")*"|`[^`]*`|[\p{L}_][\p{L}\p{N}_$]*/gu
const PLAIN = /^[a-z_][a-z0-9_]*$/

/**
 * The SQL text with names replaced, string literals untouched. A word directly before `(` is a function and stays.
 * A best effort for when no server is there to print the text anew: a name that means two things in one text is replaced in both.
 */
export function renameText(sql: string, names: ReadonlyMap<string, string>): string {
  if (names.size === 0) return sql
  return sql.replaceAll(TOKEN, (token: string, ...rest: unknown[]) => {
    const first = token[0]
    if (first === "'" || first === '$') return token
    const quoted = first === '"' || first === '`'
    const name = names.get(quoted ? token.slice(1, -1).replaceAll('""', '"') : token)
    if (name === undefined) return token
    const [offset, whole] = rest.slice(-2) as [number, string]
    if (!quoted && whole[offset + token.length] === '(') return token
    if (first === '`') return `\`${name}\``
    return PLAIN.test(name) ? name : `"${name.replaceAll('"', '""')}"`
  })
}
