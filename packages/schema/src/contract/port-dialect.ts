import type { Expression } from './expression.ts'
import type { Query } from './query.ts'
import type { PortableType } from './type-mapping.ts'

/** What a printed type means to other databases. */
export type ForeignType =
  | { readonly kind: 'portable'; readonly type: PortableType; readonly loss?: string }
  /** One of these texts. */
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'unknown' }

/** An expression in the words of a dialect, or why it has none. */
export type WrittenExpression = { readonly sql: string; readonly loss?: string } | { readonly problem: string }

/** Where a column stands that is given a type. */
export interface TypeUse {
  /** In a primary key, unique key or foreign key: characters that the key has room for. */
  readonly keyCharacters?: number
  /** The moment that it has by default: some types do not reach as far. */
  readonly preset?: string
}

/** What of indexes and keys a database has. */
export interface PortFeatures {
  readonly partialIndexes: boolean
  readonly expressionIndexes: boolean
  readonly includedColumns: boolean
  readonly nullsOrder: boolean
  readonly nullsNotDistinct: boolean
  readonly deferrable: boolean
  readonly matchFull: boolean
  readonly setDefault: boolean
  /** `ON DELETE SET NULL (columns)`. */
  readonly setNullColumns: boolean
  readonly exclusions: boolean
  readonly sequences: boolean
  readonly materializedViews: boolean
  readonly arrays: boolean
  /** True where a column that is not the single primary key can number itself. */
  readonly identityAnywhere: boolean
  /** True where such a column must begin a key (MySQL, MariaDB). */
  readonly identityNeedsKey: boolean
  /** Both sides of a foreign key have the same type. */
  readonly sameKeyTypes: boolean
  /** Bytes of an index entry; undefined where there is no limit. */
  readonly indexBytes?: number
  /** False where a check names no column that numbers itself or that a foreign key sets (MySQL, MariaDB). */
  readonly checksOverForeignKeys: boolean
  /** False where a generated column cannot be NOT NULL (MariaDB). */
  readonly generatedNotNull: boolean
  /** True where an expression takes a `char` only without the spaces that a setting may add (MariaDB). */
  readonly trimsGeneratedChars: boolean
  /** Bytes of a row, long texts aside; undefined where there is no limit. */
  readonly rowBytes?: number
  /** Collation of a table or column that tells letters of different case apart, where the database's own does not. */
  readonly caseSensitiveCollation?: string
  /** Collation of a column that takes letters of different case for equal, where the database's own does not. */
  readonly caseIgnoringCollation?: string
  /** True where texts are the same whatever the case of their letters. */
  readonly ignoresCase: boolean
  /** What has to be unique in the whole database rather than in its table. */
  readonly sharedNames: ReadonlySet<'index' | 'unique' | 'primary' | 'foreign' | 'check'>
  /** Names that differ in the case of letters alone are one name. */
  readonly foldsNames: boolean
}

/** What a dialect knows of schemas that come from, or go to, another database. */
export interface PortDialect {
  readonly features: PortFeatures
  /** Index method of another database → the one here that does the same; undefined: none. */
  indexMethod(method: string): string | undefined
  /** The meaning of a type as the server prints it. */
  readType(sql: string): ForeignType
  /** The portable type that this database can hold in that place, where it is not the given one. */
  fitType(type: PortableType, use: TypeUse): { readonly type: PortableType; readonly loss?: string }
  /** True for a collation that takes letters of different case for equal where the database's own does not; absent: none does. */
  ignoresCaseIn?(collation: string): boolean
  /** Undefined where it says something that other databases do not know. */
  readExpression(sql: string): Expression | undefined
  writeExpression(expression: Expression): WrittenExpression
  /** Undefined where it is no plain SELECT, or says something that other databases do not know. */
  readQuery(sql: string): Query | undefined
  writeQuery(query: Query): WrittenExpression
  /** An expression as the key of an index; some servers do not index long texts. */
  writeKey(expression: Expression, overText: boolean): WrittenExpression
  /** An expression where a column of that type takes its value from it. */
  writeGenerated(expression: Expression, type: PortableType): WrittenExpression
}
