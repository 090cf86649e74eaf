/**
 * A way back that stands in comments: from `-- Rollback:` to the last comment line after it, without the dashes.
 * Undefined where there is none.
 */
export function commentedRollback(text: string): string | undefined {
  // The cheap question first: nearly no file has one.
  if (!/rollback/i.test(text)) return undefined
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex((line) => /^[ \t]*--[ \t]*rollback\b[^:]{0,40}:/i.test(line))
  if (start < 0) return undefined
  const rows = [lines[start]!.replace(/^[^:]*:[ \t]*/, '')]
  for (const line of lines.slice(start + 1)) {
    if (!/^[ \t]*--/.test(line) || /^--\s*(\+|migrate:)/.test(line)) break
    rows.push(line.replace(/^[ \t]*--[ \t]?/, ''))
  }
  const rollback = rows.join('\n').trim()
  return rollback === '' ? undefined : rollback
}
