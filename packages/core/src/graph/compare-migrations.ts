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

/** True where two versions are the same number: `7` and `007`. */
export function sameVersion(a: string, b: string): boolean {
  const digits = /^\d+$/
  return digits.test(a) && digits.test(b) && withoutZeros(a) === withoutZeros(b)
}
