import type { Action, FactBase, FactId } from '@yama/schema'
import { identifier, qualified } from '../types/quoted.ts'
import { action } from './action.ts'
import { givenName, isOnly, isPartial, partitionsOf, rootsOf, type Root, type Table } from './attached-names.ts'
import { spoken } from './names.ts'

/** The server keeps the names that it once made of a table's and its columns': they follow, as those of the parent do. */
export function namesAfterRename(
  tables: readonly (readonly [from: Table, to: Table])[],
  renamed: (root: Root) => Root,
  base: FactBase,
): readonly Action[] {
  return tables.flatMap(([from, to]) =>
    rootsOf(base, from).flatMap((root) => {
      const [old, now] = [givenName(from.name, root), givenName(to.name, renamed(root))]
      if (old === now || isPartial(root) || from.payload.attached?.[root.id] !== undefined || !isOnly(base, from, root)) return []
      return [
        action(to, 'rename', {
          sql: `ALTER INDEX ${qualified(to.schema, old)} RENAME TO ${identifier(now)}`,
          title: `rename index ${old} of ${spoken(to)} to ${now}`,
          lock: 'SHARE UPDATE EXCLUSIVE',
        }),
      ]
    }),
  )
}

/** The roots with a column under another name. */
export const withColumn =
  (from: string, to: string) =>
  (root: Root): Root => {
    const own = (name: string): string => (name === from ? to : name)
    if (root.kind === 'constraint')
      return { ...root, payload: { ...root.payload, columns: root.payload.columns.map(own), ...includes(root, own) } }
    const keys = root.payload.keys.map((key) => (key.column === undefined ? key : { ...key, column: own(key.column) }))
    return { ...root, payload: { ...root.payload, keys, ...includes(root, own) } }
  }

const includes = ({ payload }: Root, own: (name: string) => string): { readonly include?: readonly string[] } =>
  payload.include === undefined ? {} : { include: payload.include.map(own) }

/** The partitions below a table, and below those, each with itself. */
export const partitionPairs = (base: FactBase, table: FactId): readonly (readonly [Table, Table])[] =>
  partitionsOf(base, table).map((each) => [each, each])
