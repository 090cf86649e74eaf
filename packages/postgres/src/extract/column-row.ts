/** A column as the catalogue query gives it. */
export interface ColumnRow {
  readonly relation: number
  readonly number: number
  readonly name: string
  readonly type: string
  readonly not_null: boolean
  readonly default: string | null
  readonly default_oid: number | null
  readonly generated: '' | 's' | 'v'
  readonly identity: '' | 'a' | 'd'
  readonly collation: string | null
  readonly storage: string | null
  readonly compression: string | null
  readonly statistics: string | null
  readonly options: string | null
  readonly comment: string | null
  /** The constraint that a NOT NULL is from 18 on; the name is left out where it is plainly the server's own. */
  readonly not_null_name: string | null
  readonly not_null_given: string | null
  readonly not_null_comment: string | null
  readonly not_null_no_inherit: boolean | null
  readonly not_null_not_valid: boolean | null
  /** Of a child whose parents have one as well: whether it says its own; null where that goes without saying. */
  readonly not_null_local: boolean | null
  /** True where a parent of the table gives it, and for a child, where that did not declare it besides. */
  readonly inherited: boolean
  /** True where a child, no partition, has it from its parents alone. */
  readonly undeclared: boolean
  /** Whether it is as the parent has it; null where there is none. */
  readonly unchanged: boolean | null
}
