/**
 * A URL that may be printed: without its password and without secrets in its query. Other forms that may stand in its place by mistake
 * (`host=db password=…`, `user:…@tcp(db)/shop`, `//` without a scheme) lose theirs too.
 */
export function redactUrl(text: string): string {
  return (
    /^(?:sqlite3?|pglite|file):/i.test(text) ? text : text.replace(/^((?:[a-z][a-z0-9+.-]*:?\/\/)?[^:@/?#\s]*):(?!\/\/).*@/i, '$1:***@')
  ).replace(
    /((?:^|[?&;\s])(?:password|passwd|pwd|sslpassword|sslkey|token|apikey)\s*=\s*)(?:'(?:[^'\\]|\\.)*'|"[^"]*"|[^&;\s]*)/gi,
    '$1***',
  )
}
