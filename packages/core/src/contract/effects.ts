import type { Migration, MigrationId } from './migration.ts'

/**
 * What of an object an effect is about. `name` where it goes on under another name, and whatever was made from it follows. `shape` is the set of columns as a whole; `rows` the data; `keys` that rows which are there
 * stay, for those that refer to them; `definition` how the object behaves (a body, a trigger on a table); `order` the place in a list,
 * as of an enum's values.
 */
export type EffectFacet =
  | 'exist'
  | 'name'
  | 'shape'
  | 'type'
  | 'null'
  | 'default'
  | 'definition'
  | 'rows'
  | 'keys'
  | 'uniqueness'
  | 'privileges'
  | 'order'
  | 'comment'

/** `add` creates something new beside what is there, rows too; `write` changes or removes; `read` depends on it. */
export type EffectAccess = 'read' | 'add' | 'write'

/** One thing that a statement depends on or changes. Names are folded as the database folds them. */
export interface Effect {
  /** `relation:users`, `function:touch`, `type:mood`, `schema:app`: without the schema, which may not be written. */
  readonly object: string
  /** `''` where the statement does not say; then every schema may be meant. */
  readonly schema: string
  /** `column:email`, `constraint:users_email_key`; absent for the object itself. */
  readonly member?: string
  readonly facet: EffectFacet
  readonly access: EffectAccess
  /** It is looked at whenever what the statement made is used, and not when it is made: the columns behind `SELECT *` of a view in SQLite. */
  readonly late?: true
  /**
   * Of a key or index that is added, or of a key that is needed: its columns; none for a constraint that is no key. Absent where it is made from
   * expressions, or holds for some rows only.
   */
  readonly columns?: readonly string[]
  /** Of new rows and of the defaults that they depend on: the columns that they are given values for. */
  readonly given?: readonly string[]
  /** Of what is copied: the indexes and constraints on it too, not its columns alone. */
  readonly parts?: true
  /** It needs the columns under their names, of whatever types: a view that only passes them on. */
  readonly untyped?: true
  /** Of what is changed: what it becomes, as it is written. Whoever says the same changes it no further. */
  readonly says?: string
  /** Of rows: the facet of the column that they are looked at or converted for; they are not, where the column has been so before. */
  readonly follows?: ColumnFacet
  /** Of a type that is changed: what was made from the column does not stand in the way of saying it again. Of one that is depended on: it does not stand in the way. */
  readonly lets?: true
  /** It looks at the columns that are there, from the first on: one that comes behind them is nothing to it. */
  readonly first?: true
  /** Of a function that a trigger runs: the table for whose rows it does. */
  readonly row?: Pick<Effect, 'object' | 'schema'>
  /** Of how rows are judged: only where row security is switched on. */
  readonly secured?: true
}

/** What a column is, but for its name and its rows. */
export type ColumnFacet = 'type' | 'null' | 'default' | 'comment'

/** What is written of a column; a facet that is left out is not understood. */
export type ColumnSays = Partial<Readonly<Record<ColumnFacet, string>>>

/** What a statement says of the columns of a table. */
export interface CreatedTable {
  readonly object: string
  readonly columns: readonly string[]
  /** Columns of whole numbers of at least 32 bits: two different numbers are two different values. */
  readonly numbers: readonly string[]
  /** Columns that are NULL where no value is given. */
  readonly empty: readonly string[]
  /** Columns that get a value of their own, such as the next number, where none is given. */
  readonly generated: readonly string[]
  /** By column, also of one that is said anew. */
  readonly says: Readonly<Record<string, ColumnSays>>
}

/** The rows that a statement changes, which it looks at one by one, by what is written in it. */
export interface PickedRows {
  readonly object: string
  /** By column: the whole numbers of which each of the rows has one. */
  readonly numbers: Readonly<Record<string, readonly string[]>>
  /** Columns that are not NULL in any of the rows, because they are compared; of new rows, those that it gives. */
  readonly filled: readonly string[]
  /** The columns that it gives a value; `all` for new rows. */
  readonly sets: readonly string[] | 'all'
}

/** What using an object brings with it: a view reads its tables, a trigger runs its function, a key deletes in its children. */
export interface EffectLink {
  readonly object: string
  readonly schema: string
  /** What is done with its rows; `call` where a function runs, `made` where something is made from it, `alter` where a change of it is one of its children, `drop` where something goes with it. */
  readonly when: 'read' | 'insert' | 'update' | 'delete' | 'call' | 'made' | 'alter' | 'drop'
  /** For `update`: only where one of these changes; for `insert`: only where one of these is given no value; for `drop`: where one of these goes. Absent: any. */
  readonly columns?: readonly string[]
  /** Each row alone decides what follows from it, as of a key or a computed column; what a trigger does may differ with the order. */
  readonly rowwise?: true
  /** `unknown`, with the reason, where it may be anything. */
  readonly effects: readonly Effect[]
  readonly unknown?: string
}

/** Everything one statement reads and writes. */
export interface StatementEffects {
  readonly effects: readonly Effect[]
  readonly links?: readonly EffectLink[]
  readonly tables?: readonly CreatedTable[]
  readonly rows?: PickedRows
  /** Set where the statement cannot be understood: it conflicts with everything. Why, for people. */
  readonly unknown?: string
  /** Running it twice is the same as once: `IF NOT EXISTS`, `OR REPLACE`. Two of the same text do not conflict. */
  readonly idempotent?: true
  /** What it does may differ with the order in which it finds rows, which none of them says: `LIMIT`, numbers one after the other, the last of several. */
  readonly ordered?: true
  /** CASCADE: whatever was made from what it drops goes with it. */
  readonly cascade?: true
  /** Views of what it drops or renames stay there and do not work any more. */
  readonly invalidates?: true
}

/** Two migrations whose order matters, and the first pair of statements that shows it. */
export interface MigrationConflict {
  readonly one: MigrationId
  readonly other: MigrationId
  /** What they meet at: `relation users, column email`; or the statement that is not understood. */
  readonly object: string
  /** Why the order matters, a sentence. */
  readonly why: string
  readonly statements: readonly [string, string]
}

/** Judges whether migrations that no path joins may run in either order. */
export interface Commutativity {
  /** What each statement reads and writes, in order. Never rejects because of a statement: what cannot be read is unknown. */
  effectsOf(statements: readonly string[]): Promise<readonly StatementEffects[]>
  /**
   * The pairs that conflict among those for which `concurrent` is true. `context` are the other migrations of the graph: what
   * views, keys, triggers and functions they made is followed.
   */
  conflicts(
    migrations: readonly Migration[],
    concurrent: (one: MigrationId, other: MigrationId) => boolean,
    context?: readonly Migration[],
  ): Promise<readonly MigrationConflict[]>
}
