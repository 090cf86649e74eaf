export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

export interface ForeignReference {
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  readonly match?: 'full'
  /** Columns of `ON DELETE SET NULL (…)`, where not all. */
  readonly onDeleteColumns?: readonly string[]
}

/** A primary key, unique, foreign key, check or exclusion constraint. The index behind one belongs to it. */
export interface ConstraintPayload {
  readonly type: 'primary' | 'unique' | 'foreign' | 'check' | 'exclusion'
  /** Key columns in order; for a check, the columns it mentions where the server says so. */
  readonly columns: readonly string[]
  readonly references?: ForeignReference
  /** A check's expression, or an exclusion's text after EXCLUDE, as the server prints it. */
  readonly expression?: string
  readonly include?: readonly string[]
  readonly deferrable?: 'immediate' | 'deferred'
  readonly nullsNotDistinct?: boolean
  readonly notValid?: boolean
  readonly noInherit?: boolean
  readonly comment?: string
  /** SQLite: false where the source did not name it; its fact name is then derived from its content. */
  readonly named: boolean
  readonly options: Readonly<Record<string, string | boolean>>
}
