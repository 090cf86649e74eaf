/** The URL with its password as `***`; a text that is no URL loses everything between the first `:` after `//` and the last `@`. */
export function redactUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/[^:@/?#]*):.*@/is, '$1:***@').replaceAll(/([?&](?:password|pwd)=)[^&#]*/gi, '$1***')
}

/** A text of the driver or the server without the secrets, should one be quoted in it. */
export function redactText(text: string, secrets: readonly string[]): string {
  let out = text
  for (const secret of secrets) if (secret.length > 0) out = out.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***')
  return out.replaceAll(/(?:mysql|mariadb):\/\/\S+/gi, (url) => redactUrl(url))
}
