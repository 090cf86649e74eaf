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
