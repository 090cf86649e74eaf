/** A URL that may be printed: without its password and without secrets in its query. */
export function redactUrl(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^:@/?#]*):.*@/i, '$1:***@')
    .replace(/([?&](?:password|sslpassword|sslkey|token|apikey)=)[^&]*/gi, '$1***')
}
