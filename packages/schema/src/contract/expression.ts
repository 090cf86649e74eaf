import type { PortableType } from './type-mapping.ts'

/** Functions that mean the same on every database; each dialect has its own words for them, or none. */
export const PORT_FUNCTIONS = [
  'now',
  'today',
  'time_of_day',
  'epoch',
  'gen_uuid',
  'lower',
  'upper',
  'trim',
  'ltrim',
  'rtrim',
  'char_length',
  'octet_length',
  'replace',
  'substr',
  'left',
  'right',
  'position',
  'concat',
  'coalesce',
  'nullif',
  'abs',
  'round',
  'ceiling',
  'floor',
  'greatest',
  'least',
  'md5',
  'json_valid',
  'count',
  'sum',
  'avg',
  'min',
  'max',
] as const
export type PortFunction = (typeof PORT_FUNCTIONS)[number]

export type BinaryOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | 'and' | 'or' | 'regexp'

/** An expression as data: what every database can say, whatever its words. Columns carry their names in the database. */
export type Expression =
  | { readonly kind: 'string'; readonly value: string }
  /** Digits as written, so that none is lost. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** Bytes in hexadecimal digits. */
  | { readonly kind: 'binary'; readonly hex: string }
  | { readonly kind: 'column'; readonly name: string; readonly table?: string }
  | { readonly kind: 'call'; readonly name: PortFunction; readonly arguments: readonly Expression[]; readonly distinct?: boolean }
  | { readonly kind: 'binaryOperation'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly value: Expression }
  | { readonly kind: 'negative'; readonly value: Expression }
  | { readonly kind: 'is'; readonly value: Expression; readonly what: 'null' | 'true' | 'false'; readonly not: boolean }
  /** `IS [NOT] DISTINCT FROM`; `not` means the same, nulls included. */
  | { readonly kind: 'distinct'; readonly left: Expression; readonly right: Expression; readonly not: boolean }
  | { readonly kind: 'in'; readonly value: Expression; readonly list: readonly Expression[]; readonly not: boolean }
  | {
      readonly kind: 'between'
      readonly value: Expression
      readonly low: Expression
      readonly high: Expression
      readonly not: boolean
    }
  /** `insensitive` where the letters' case does not count. */
  | {
      readonly kind: 'like'
      readonly value: Expression
      readonly pattern: Expression
      readonly insensitive: boolean
      readonly not: boolean
    }
  | {
      readonly kind: 'case'
      readonly operand?: Expression
      readonly branches: readonly { readonly when: Expression; readonly value: Expression }[]
      readonly otherwise?: Expression
    }
  | { readonly kind: 'cast'; readonly value: Expression; readonly type: PortableType }
  /** A part of a JSON value; `text` is the value itself, otherwise it stays JSON. */
  | { readonly kind: 'jsonPart'; readonly value: Expression; readonly path: readonly (string | number)[]; readonly text: boolean }

/** What the lexer of a dialect gives to the reader: space and comments are gone, quotes are opened. */
export interface ExpressionToken {
  readonly kind: 'word' | 'name' | 'string' | 'binary' | 'number' | 'operator' | 'open' | 'close' | 'other'
  /** As written; the meaning of a name, string or binary. */
  readonly text: string
}
