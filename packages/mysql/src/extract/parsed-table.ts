/** What a `SHOW CREATE TABLE` says, read word by word. */
export interface ParsedTable {
  readonly columns: readonly ParsedColumn[]
  readonly keys: readonly ParsedKey[]
  readonly foreignKeys: readonly ParsedForeignKey[]
  readonly checks: readonly ParsedCheck[]
  readonly charset?: string
  readonly collation?: string
  readonly comment?: string
  /** By the names of `TABLE_OPTIONS`. */
  readonly options: Readonly<Record<string, string | boolean>>
  /** Parts that say something which is not modelled. */
  readonly unread: readonly string[]
}

export interface ParsedColumn {
  readonly name: string
  readonly type: string
  readonly charset?: string
  readonly collation?: string
  readonly notNull: boolean
  readonly default?: string
  readonly generated?: { readonly expression: string; readonly stored: boolean }
  readonly autoIncrement: boolean
  readonly comment?: string
  readonly options: Readonly<Record<string, string | boolean>>
}

export interface ParsedKeyPart {
  readonly column?: string
  readonly expression?: string
  readonly prefixLength?: number
  readonly descending: boolean
}

export interface ParsedKey {
  readonly kind: 'primary' | 'unique' | 'plain' | 'fulltext' | 'spatial' | 'vector'
  readonly name: string
  readonly parts: readonly ParsedKeyPart[]
  readonly comment?: string
  readonly options: Readonly<Record<string, string | boolean>>
}

export interface ParsedForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  /** `''` for the table's own database. */
  readonly database: string
  readonly table: string
  readonly target: readonly string[]
  readonly onDelete: string
  readonly onUpdate: string
  readonly text: string
}

export interface ParsedCheck {
  readonly name: string
  readonly expression: string
  readonly enforced: boolean
}
