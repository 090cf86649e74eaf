/** So many characters of a secret in a row are taken for it: a server cites a statement in pieces. */
const TELLING = 6

/**
 * A message without a secret, and without the pieces of it that a server cites when it cannot read a statement. Fewer than six characters are told.
 *
 * @example maskSecret('near "et-horse"', "s3cr'et-horse", '***') // 'near "***"'
 */
export function maskSecret(message: string, secret: string, mask: string): string {
  if (secret === '') return message
  const shortest = Math.min(TELLING, secret.length)
  let shown = ''
  for (let at = 0; at < message.length;) {
    const length = cited(message, at, secret, shortest)
    shown += length === 0 ? message[at]! : mask
    at += Math.max(1, length)
  }
  return shown
}

/** How many characters from there on stand so in the secret; 0 where they are too few. */
function cited(message: string, at: number, secret: string, shortest: number): number {
  let longest = 0
  const start = message.slice(at, at + shortest)
  for (let found = secret.indexOf(start); found >= 0 && start.length === shortest; found = secret.indexOf(start, found + 1)) {
    let length = shortest
    while (at + length < message.length && found + length < secret.length && message[at + length] === secret[found + length]) length++
    longest = Math.max(longest, length)
  }
  return longest
}
