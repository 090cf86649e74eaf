import type { Fact } from '@yama/schema'
import type { WriteContext } from './write-context.ts'

/**
 * Whether the server makes this index by itself for a foreign key that an entity states (MySQL 15.1.20.5, "Foreign Key Constraints"): plain, over the
 * key's columns and of its name, where nothing else of the table could serve the key, or be served by it.
 */
export function isMadeForKey(index: Fact<'index'>, { dialect, children }: WriteContext): boolean {
  const columns = plainColumns(index)
  const table = index.parent
  if (dialect.foreignKeysIndexed !== true || columns === undefined || table === undefined) return false
  const constraints = children(table, 'constraint').filter(({ payload }) => payload.type !== 'check')
  const key = constraints.find(({ name, payload }) => payload.type === 'foreign' && name === index.name)
  if (key === undefined || key.payload.columns.join('\0') !== columns.join('\0')) return false
  const others = [
    ...constraints.filter((each) => each !== key).map(({ payload }) => payload.columns),
    ...children(table, 'index')
      .filter((each) => each !== index)
      .map(({ payload }) => payload.keys.map(({ column }) => column)),
  ]
  // Either may be taken for the other, and which one came first is not known here.
  return !others.some((other) => columns.every((column, at) => other[at] === column) || other.every((column, at) => columns[at] === column))
}

function plainColumns({ payload }: Fact<'index'>): readonly string[] | undefined {
  const { keys, unique, method, options, where, include, comment } = payload
  if (unique || method !== 'btree' || where !== undefined || include !== undefined || comment !== undefined) return undefined
  const isPlain = keys.every((key) => key.column !== undefined && Object.keys(key).length === 1)
  return isPlain && Object.keys(options).length === 0 ? keys.flatMap(({ column }) => (column === undefined ? [] : [column])) : undefined
}
