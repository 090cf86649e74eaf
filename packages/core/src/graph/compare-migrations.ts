import type { Migration } from '../contract/migration.ts'

type Ordered = Pick<Migration, 'id' | 'version'>

interface Key<T> {
  readonly item: T
  readonly digits: string
}

const withoutZeros = (version: string): string => (version.startsWith('0') ? version.replace(/^0+(?=\d)/, '') : version)

const key = <T extends Ordered>(item: T): Key<T> => ({ item, digits: withoutZeros(item.version) })

const compareKeys = (a: Key<Ordered>, b: Key<Ordered>): number => {
  if (a.digits !== b.digits) {
    // A name without a number comes after all numbers, as in a directory listing.
    if (a.digits === '' || b.digits === '') return a.digits === '' ? 1 : -1
    if (a.digits.length !== b.digits.length) return a.digits.length - b.digits.length
    return a.digits < b.digits ? -1 : 1
  }
  return a.item.id < b.item.id ? -1 : a.item.id > b.item.id ? 1 : 0
}

/**
 * The only order of migrations: by the number at the start of the name (`9` before `010` before `1000`; no number last),
 * then by id in code units, never by locale.
 *
 * @example compareMigrations({ version: '9', id: 'a' }, { version: '010', id: 'b' }) // negative
 */
export function compareMigrations(a: Ordered, b: Ordered): number {
  return compareKeys(key(a), key(b))
}

/** A sorted copy, in the order of `compareMigrations`. */
export function sortMigrations<T extends Ordered>(migrations: readonly T[]): readonly T[] {
  // As numbers they are compared at once; where rounding makes two equal, the digits decide. A name without one comes last.
  const numbers = new Float64Array(migrations.length)
  const order = new Uint32Array(migrations.length)
  for (const [index, { version }] of migrations.entries()) {
    numbers[index] = version === '' ? Number.POSITIVE_INFINITY : Number(version)
    order[index] = index
  }
  order.sort((a, b) => {
    const difference = numbers[a]! - numbers[b]!
    // NaN for two names without a number, or what is none.
    return difference === 0 || Number.isNaN(difference) ? compareMigrations(migrations[a]!, migrations[b]!) : difference
  })
  return Array.from(order, (index) => migrations[index]!)
}

/** True where two versions are the same number: `7` and `007`. */
export function sameVersion(a: string, b: string): boolean {
  const digits = /^\d+$/
  return digits.test(a) && digits.test(b) && withoutZeros(a) === withoutZeros(b)
}
