import type { Migration } from '../contract/migration.ts'
import { naturalOrder } from './natural-order.ts'

/** A sorted copy, in the order of `compareMigrations`. */
export function sortMigrations<T extends Pick<Migration, 'id' | 'version'>>(migrations: readonly T[]): readonly T[] {
  const order = naturalOrder(migrations)
  return order === undefined ? migrations.slice() : Array.from(order, (index) => migrations[index]!)
}
