/** Below this, in bytes, starting a compressor costs more than its result saves. */
const SHORT = 1024
const encoder = new TextEncoder()

/**
 * A text as raw deflate (RFC 1951), the form in which dialects store bodies and snapshots. A short one becomes a single stored
 * block, which every inflater reads, so that thousands of small migrations do not start a compressor each.
 *
 * @param deflate compresses bytes, for Node `deflateRawSync`
 * @example inflateRawSync(packText('SELECT 1', deflateRawSync)).toString() // 'SELECT 1'
 */
export function packText(text: string, deflate: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const bytes = encoder.encode(text)
  const { length } = bytes
  if (length >= SHORT) return deflate(bytes)
  const block = new Uint8Array(length + 5)
  // The last block, not compressed; its length and the length's complement, low byte first (3.2.4).
  block.set([1, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255])
  block.set(bytes, 5)
  return block
}
