import type { ColumnPayload } from '@yama/schema'

interface NumberRange {
  readonly bits: number
  readonly unsigned: boolean
}
const BITS: Readonly<Record<string, number>> = { tinyint: 8, smallint: 16, mediumint: 24, int: 32, bigint: 64 }
const TEXTS: Readonly<Record<string, number>> = { tinytext: 255, text: 65_535, mediumtext: 16_777_215, longtext: 4_294_967_295 }
const BLOBS: Readonly<Record<string, number>> = { tinyblob: 255, blob: 65_535, mediumblob: 16_777_215, longblob: 4_294_967_295 }

const baseOf = (type: string): string => /^[a-z]+/.exec(type)?.[0] ?? ''
const sizesOf = (type: string): readonly number[] =>
  (/\(([\d,]+)\)/.exec(type)?.[1] ?? '')
    .split(',')
    .filter((text) => text !== '')
    .map(Number)

function integer(type: string): NumberRange | undefined {
  const bits = BITS[baseOf(type)]
  return bits === undefined ? undefined : { bits, unsigned: type.includes('unsigned') }
}

/** Types of MariaDB between which it has no way but through text. */
const CLOSED: readonly RegExp[] = [/^(?:geometry|point|linestring|polygon|multi|geometrycollection)/, /^inet/, /^uuid$/]
const OPEN = /^(?:(?:var)?char|(?:var)?binary|(?:tiny|medium|long)?(?:text|blob)|enum|set|json)\b/

/** True where MariaDB refuses to make values of the one type those of the other: `Cannot cast 'point' as 'int'`. */
export function isNoCast(from: string, to: string): boolean {
  if (OPEN.test(from) || OPEN.test(to)) return false
  return CLOSED.some((type) => type.test(from) !== type.test(to))
}

/** Characters or bytes that fit; undefined where the type holds no text (or no bytes). */
function capacity(type: string, kind: 'text' | 'bytes'): number | undefined {
  const base = baseOf(type)
  const fixed = (kind === 'text' ? TEXTS : BLOBS)[base]
  if (fixed !== undefined) return fixed
  const sized = kind === 'text' ? /^(?:var)?char$/ : /^(?:var)?binary$/
  return sized.test(base) ? (sizesOf(type)[0] ?? 1) : undefined
}

/** `enum('a','b')` → its values, quoted as printed. */
const valuesOf = (type: string): readonly string[] | undefined =>
  /^(?:enum|set)\(/.test(type) ? (type.match(/'(?:[^']|'')*'/g) ?? []) : undefined

/** True where some value of the old type may not be a value of the new one. In strict mode the server then refuses; it says so, and so do we. */
export function mayLose(from: Pick<ColumnPayload, 'type' | 'collation'>, to: Pick<ColumnPayload, 'type' | 'collation'>): boolean {
  const [old, now] = [from.type, to.type]
  if (old === now)
    return (
      from.collation?.split('_')[0] !== to.collation?.split('_')[0] && to.collation !== undefined && !to.collation.startsWith('utf8mb4')
    )
  const [a, b] = [integer(old), integer(now)]
  if (a !== undefined && b !== undefined) {
    if (a.unsigned === b.unsigned) return b.bits < a.bits
    return b.unsigned || b.bits <= a.bits
  }
  for (const kind of ['text', 'bytes'] as const) {
    const [has, gets] = [capacity(old, kind), capacity(now, kind)]
    if (has !== undefined && gets !== undefined) return gets < has
    if (kind === 'text' && gets !== undefined && a !== undefined) return gets < 20
  }
  const [values, kept] = [valuesOf(old), valuesOf(now)]
  if (values !== undefined && kept !== undefined && baseOf(old) === baseOf(now)) return values.some((value) => !kept.includes(value))
  if (values !== undefined && (capacity(now, 'text') ?? 0) >= 255) return false
  if (baseOf(old) === 'decimal' && baseOf(now) === 'decimal') {
    const [[p1 = 10, s1 = 0], [p2 = 10, s2 = 0]] = [sizesOf(old), sizesOf(now)]
    return s2 < s1 || p2 - s2 < p1 - s1
  }
  if (baseOf(old) === 'float' && baseOf(now) === 'double') return false
  if (old.replace(/\(.*/, '') === now.replace(/\(.*/, '') && /^(?:datetime|timestamp|time)/.test(old))
    return (sizesOf(now)[0] ?? 0) < (sizesOf(old)[0] ?? 0)
  // A display width is no size.
  return old.replace(/\(\d+\)/, '') !== now.replace(/\(\d+\)/, '')
}

/** True where the server writes every row anew. A longer VARCHAR on the same side of 256 bytes and new last values of an enum are in place. */
export function rewrites(old: string, now: string): boolean {
  if (old === now) return false
  const [values, kept] = [valuesOf(old), valuesOf(now)]
  if (values !== undefined && kept !== undefined && baseOf(old) === baseOf(now)) {
    const bytes = (count: number): number => (count > 255 ? 2 : 1)
    return !values.every((value, at) => kept[at] === value) || bytes(values.length) !== bytes(kept.length)
  }
  if (baseOf(old) === 'varchar' && baseOf(now) === 'varchar') {
    const [has, gets] = [capacity(old, 'text') ?? 0, capacity(now, 'text') ?? 0]
    return gets < has || (has < 64 && gets >= 64)
  }
  return true
}
