import type { PortableType, ReferentialAction } from '@yama/schema'

export type TypeSpec =
  | { readonly kind: 'portable'; readonly type: PortableType }
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly array: number }
  /** An enum or an entity; which one is known when all files are read. */
  | { readonly kind: 'named'; readonly name: string; readonly array: number; readonly relation: boolean }
  | { readonly kind: 'raw'; readonly sql: string }

export interface IdentitySpec {
  readonly mode: 'always' | 'default' | 'serial'
  readonly start?: string
  readonly increment?: string
  readonly min?: string
  readonly max?: string
  readonly cache?: string
  readonly cycle?: boolean
  readonly sequence?: string
}

/** A default as written; what it means depends on the type. */
export type DefaultSpec =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'sql'; readonly sql: string }

/** Where a part of a field stands: characters into the shorthand, or the key of the object. */
export type SpecPlace = { readonly offset: number } | { readonly key: string }

/** A field, whichever way it was written. */
export interface FieldSpec {
  readonly type: TypeSpec
  /** Undefined where the field does not say it. */
  readonly nullable: boolean | undefined
  readonly primary: boolean
  readonly unique: boolean
  readonly indexed: boolean
  readonly identity?: IdentitySpec
  readonly default?: DefaultSpec
  readonly onUpdate?: string
  readonly onDelete?: ReferentialAction
  readonly deferrable?: 'immediate' | 'deferred'
  readonly match?: 'full'
  readonly notValid: boolean
  readonly constraint?: string
  readonly references?: readonly string[]
  readonly through?: string
  readonly generated?: { readonly expression: string; readonly stored: boolean }
  readonly was: readonly string[]
  readonly column?: string
  readonly columns?: readonly string[]
  readonly collation?: string
  readonly options: Readonly<Record<string, string | boolean>>
  readonly doc?: string
  readonly backfill: boolean
  readonly places: Readonly<Record<string, SpecPlace>>
}
