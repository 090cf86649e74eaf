/** A type as entities state it: `string(120)`, `decimal(10, 2)`, `uuid[]`. */
export interface PortableType {
  readonly name: PortableTypeName
  readonly parameters: readonly number[]
  /** Array dimensions; 0 is a plain value. */
  readonly array: number
}

/** The portable types. Aliases (`integer`, `varchar`) are resolved by the entity reader. */
export const PORTABLE_TYPES = [
  'string',
  'char',
  'text',
  'citext',
  'uuid',
  'boolean',
  'smallint',
  'int',
  'bigint',
  'decimal',
  'float',
  'double',
  'money',
  'date',
  'time',
  'timetz',
  'timestamp',
  'timestamplocal',
  'interval',
  'json',
  'jsonb',
  'binary',
  'inet',
  'cidr',
  'macaddr',
  'xml',
  'bit',
  'varbit',
  'point',
  'tsvector',
] as const
export type PortableTypeName = (typeof PORTABLE_TYPES)[number]

/** A default as entities state it. */
export type PortableDefault =
  | { readonly literal: string | number | boolean | null }
  /** `now()`, `today()`, `gen_uuid()`, `{}` or `[]` for JSON. */
  | { readonly function: 'now' | 'today' | 'gen_uuid' }
  | { readonly json: string }
  /** Raw SQL expression. */
  | { readonly sql: string }

export interface NativeType {
  readonly sql: string
  /** Set where the mapping loses something, as a sentence. */
  readonly lossy?: string
}

/** The dialect's side of the portable table. */
export interface TypeMapping {
  toNative(type: PortableType): NativeType
  /** Undefined where only raw SQL says it: the entity then has `type: { sql }`. */
  toPortable(sql: string): PortableType | undefined
  defaultToNative(value: PortableDefault, type: PortableType | undefined): string
  /** Inverse, for `pull`; falls back to `{ sql }`. */
  defaultToPortable(expression: string, type: string): PortableDefault
  /** How enums are expressed by default. */
  readonly enums: 'native' | 'check'
}
