import type { KindFile } from './kind-file.ts'
import { inheritedColumns } from './own-or-inherited.ts'
import { typeMentions } from './type-mentions.ts'

/** Numbers that the server hands out for a column. */
export interface Identity {
  /** `always` and `default` are SQL identity columns; `serial` is an owned sequence behind a default. */
  readonly mode: 'always' | 'default' | 'serial'
  readonly start?: string
  readonly increment?: string
  readonly min?: string
  readonly max?: string
  readonly cache?: string
  readonly cycle?: boolean
  /** Only where it differs from the server's own choice. */
  readonly sequence?: string
}

/** A column. A NOT NULL is its attribute, on every version of every server. */
export interface ColumnPayload {
  /** The type as the server prints it; in desired facts, as the dialect's `types` renders it. */
  readonly type: string
  readonly notNull: boolean
  /** The default's expression as the server prints it. */
  readonly default?: string
  readonly generated?: { readonly expression: string; readonly stored: boolean }
  readonly identity?: Identity
  /** Only where it differs from the type's own. */
  readonly collation?: string
  readonly comment?: string
  /** What only this dialect knows: `storage`, `compression`, `onConflict`, `onUpdate`. */
  readonly options: Readonly<Record<string, string | boolean>>
}

export const columnKind: KindFile<'column'> = {
  rename({ payload, parent }, names) {
    const tables = parent === undefined ? [] : [parent]
    const type = names.text(payload.type, [])
    const value = payload.default === undefined ? undefined : names.text(payload.default, [])
    const expression = payload.generated === undefined ? undefined : names.text(payload.generated.expression, tables)
    if (type === payload.type && value === payload.default && expression === payload.generated?.expression) return payload
    return {
      ...payload,
      type,
      ...(value === undefined ? {} : { default: value }),
      ...(payload.generated === undefined || expression === undefined ? {} : { generated: { ...payload.generated, expression } }),
    }
  },
  // What a child changes of its parent's column stands on that one.
  mentions({ name, payload, schema, parent }, { base }) {
    const types = typeMentions(payload.type, schema, base)
    const inherited = parent === undefined ? [] : inheritedColumns(base, parent, name)
    return inherited.length === 0 ? types : [...types, ...inherited]
  },
  check: ({ payload }) => (payload.generated !== undefined && payload.default !== undefined ? ['a generated column has no default'] : []),
}
