import type { DatabaseKind } from '@yama/core'

interface Portable {
  readonly only?: readonly DatabaseKind[] | undefined
  readonly overrides?: Readonly<Partial<Record<DatabaseKind, object | undefined>>> | undefined
}

const ownOverrides = (data: Portable, kind: DatabaseKind): Readonly<Record<string, unknown>> => {
  // MariaDB takes what is said for MySQL unless it has words of its own.
  const own = data.overrides?.[kind] ?? (kind === 'mariadb' ? data.overrides?.mysql : undefined)
  return (own ?? {}) as Record<string, unknown>
}

/** The value with what `overrides` says for one database. */
export function overridden<T extends Portable>(data: T, kind: DatabaseKind): T {
  return { ...data, ...ownOverrides(data, kind) }
}

/** False where `only:` leaves the database out or its override says `skip: true`. */
export function appliesTo(data: Portable, kind: DatabaseKind): boolean {
  if (data.only !== undefined && !data.only.includes(kind)) return false
  return ownOverrides(data, kind)['skip'] !== true
}
