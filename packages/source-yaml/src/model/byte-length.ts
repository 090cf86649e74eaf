const encoder = new TextEncoder()

/** Bytes in UTF-8, as servers count the length of names. */
export function byteLength(text: string): number {
  return encoder.encode(text).length
}

/** True where the text surely or exactly fits; short names are not encoded, there are many of them. */
export function fits(text: string, limit: number): boolean {
  return text.length * 3 <= limit || byteLength(text) <= limit
}
