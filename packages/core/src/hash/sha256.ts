interface NodeCrypto {
  /** One call without an object; since Node 20.12. */
  hash?(algorithm: 'sha256', data: Uint8Array | string, encoding: 'hex'): string
  createHash(algorithm: 'sha256'): NodeHash
}

interface NodeHash {
  update(data: Uint8Array | string): NodeHash
  digest(encoding: 'hex'): string
}

const hostCrypto = (): NodeCrypto | undefined => {
  const host = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process
  // A bundler never sees a `node:` import here, and a browser has no `process`.
  return host?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined
}
const crypto = hostCrypto()

const isPrime = (n: number): boolean => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return true
}
const fraction = (value: number): number => Math.floor((value - Math.floor(value)) * 0x1_0000_0000)
const primes: number[] = []
for (let n = 2; primes.length < 64; n++) if (isPrime(n)) primes.push(n)
// FIPS 180-4, 4.2.2 and 5.3.3: fractions of cube and square roots of the first primes.
const K = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)))
const INITIAL = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

const pad = (bytes: Uint8Array): DataView => {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000))
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0)
  return view
}

const compress = (state: Uint32Array, w: Uint32Array): void => {
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15]!
    const b = w[i - 2]!
    const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)
    const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10)
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0
    const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const next = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = state[i]! + next[i]!
}

/** SHA-256 in plain TypeScript, for hosts without `node:crypto`. Same answer as `sha256Hex`. */
export function portableSha256Hex(data: string | Uint8Array): string {
  const view = pad(typeof data === 'string' ? new TextEncoder().encode(data) : data)
  const state = INITIAL.slice()
  const w = new Uint32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + i * 4)
    compress(state, w)
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}

/**
 * SHA-256 of the UTF-8 text or the bytes, as 64 hex digits, synchronously and in every host.
 *
 * @example sha256Hex('abc') // 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
 */
export function sha256Hex(data: string | Uint8Array): string {
  if (crypto === undefined) return portableSha256Hex(data)
  return crypto.hash?.('sha256', data, 'hex') ?? crypto.createHash('sha256').update(data).digest('hex')
}

/** Enough that a call costs little, and too little to be felt. */
const CHUNK = 65_536

/**
 * The same of texts one after another, which are never all in one. A pair of code units is not to be cut in two.
 *
 * @example sha256HexOf(['a', 'bc']) === sha256Hex('abc')
 */
export function sha256HexOf(texts: Iterable<string>): string {
  if (crypto === undefined) return portableSha256Hex([...texts].join(''))
  const hash = crypto.createHash('sha256')
  let open = ''
  for (const text of texts) {
    open += text
    if (open.length < CHUNK) continue
    hash.update(open)
    open = ''
  }
  return hash.update(open).digest('hex')
}
