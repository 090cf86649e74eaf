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
