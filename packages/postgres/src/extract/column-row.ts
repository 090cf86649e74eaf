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
  /** True where a parent of the table gives it. */
  readonly inherited: boolean
  /** Whether it is as the parent has it; null where there is none. */
  readonly unchanged: boolean | null
}
