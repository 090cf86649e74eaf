import type { FactId } from './fact.ts'
import type { KindFile } from './kind-file.ts'
import { columnFacts } from './own-or-inherited.ts'

export interface IndexKey {
  /** Exactly one of column and expression. */
  readonly column?: string
  readonly expression?: string
  readonly descending?: boolean
  /** Only where it differs from the direction's own. */
  readonly nulls?: 'first' | 'last'
  readonly collation?: string
  readonly operatorClass?: string
  /** Characters of the column, MySQL and MariaDB. */
  readonly prefixLength?: number
}

/** An index which is not behind a constraint. */
export interface IndexPayload {
  readonly unique: boolean
  /** `btree` by default. */
  readonly method: string
  readonly keys: readonly IndexKey[]
  readonly include?: readonly string[]
  readonly where?: string
  readonly nullsNotDistinct?: boolean
  /** True where a failed concurrent build left it unusable. */
  readonly invalid?: boolean
  readonly comment?: string
  readonly options: Readonly<Record<string, string | boolean>>
}

export const indexKind: KindFile<'index'> = {
  rename({ payload, parent }, names) {
    if (parent === undefined) return payload
    const own = (column: string): string => names.column(parent, column)
    return {
      ...payload,
      keys: payload.keys.map((key) => ({
        ...key,
        ...(key.column === undefined ? {} : { column: own(key.column) }),
        ...(key.expression === undefined ? {} : { expression: names.text(key.expression, [parent]) }),
      })),
      ...(payload.include === undefined ? {} : { include: payload.include.map(own) }),
      ...(payload.where === undefined ? {} : { where: names.text(payload.where, [parent]) }),
    }
  },
  mentions({ payload, parent }, { base }) {
    if (parent === undefined) return []
    const found: FactId[] = []
    const add = (column: string): void => {
      for (const id of columnFacts(base, parent, column)) found.push(id)
    }
    for (const { column } of payload.keys) if (column !== undefined) add(column)
    for (const column of payload.include ?? []) add(column)
    return found
  },
  check: ({ payload }) =>
    payload.keys
      .filter((key) => (key.column === undefined) === (key.expression === undefined))
      .map(() => 'a key is either a column or an expression'),
}
