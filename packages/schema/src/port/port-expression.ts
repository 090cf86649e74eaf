import type { Expression } from '../contract/expression.ts'
import type { WrittenExpression } from '../contract/port-dialect.ts'
import type { PortableType } from '../contract/type-mapping.ts'
import { mapExpression } from './expression/map-expression.ts'
import { columnOf, productOf, type ColumnDraft, type PortContext, type TableDraft } from './port-context.ts'

type ColumnExpression = Extract<Expression, { readonly kind: 'column' }>

const TEXTUAL: ReadonlySet<string> = new Set(['string', 'char', 'text', 'citext', 'uuid'])
const NUMERIC: ReadonlySet<string> = new Set(['smallint', 'int', 'bigint', 'decimal', 'float', 'double'])

/** The expression as data, with its columns named as on the target; or why it cannot be. */
export function readPortable(
  context: PortContext,
  sql: string,
  table: TableDraft | undefined,
  alone?: ColumnDraft,
): { readonly expression: Expression } | { readonly problem: string } {
  const { from } = context
  const found = from.port.readExpression(sql)
  if (found === undefined) return { problem: `what it says is ${productOf(from)}’s own` }
  const draft = (name: string): ColumnDraft | undefined =>
    alone?.fact.name === name ? alone : table === undefined ? undefined : columnOf(context, table, name)
  // SQLite takes a name that is none for a text.
  const known =
    from.kind === 'sqlite'
      ? mapExpression(found, (part) =>
          part.kind === 'column' && draft(part.name) === undefined ? { kind: 'string', value: part.name } : part,
        )
      : found
  return settleExpression(context, known, ({ name }) => draft(name))
}

/** A column as the target has it; undefined where there is none of that name. */
export type ColumnLookup = (column: ColumnExpression) => Pick<ColumnDraft, 'name' | 'type'> | undefined

/** An expression with literals as the types of the target want them, and its columns named as there; or why it cannot be said. */
export function settleExpression(
  context: PortContext,
  found: Expression,
  lookup: ColumnLookup,
): { readonly expression: Expression } | { readonly problem: string } {
  let missing: string | undefined
  let bytes = false
  let reckons = false
  const typeOf = (each: Expression): PortableType | undefined => (each.kind === 'column' ? lookup(each)?.type : undefined)
  const named = mapExpression(found, (part) => {
    if (part.kind === 'column' && lookup(part) === undefined) missing ??= part.name
    if (part.kind === 'jsonPart' && typeOf(part.value)?.name === 'binary') bytes = true
    if (part.kind === 'binaryOperation' && /^[-+*/%]$/.test(part.operator))
      reckons ||= [part.left, part.right].some((each) => isText(each, typeOf(each)))
    if (part.kind === 'cast') return withoutCast(part, typeOf(part.value))
    if (
      part.kind === 'call' &&
      part.name === 'char_length' &&
      part.arguments[0] !== undefined &&
      typeOf(part.arguments[0])?.name === 'binary'
    )
      return { ...part, name: 'octet_length' }
    if (part.kind === 'binaryOperation' && /^[=<>]/.test(part.operator))
      return { ...part, left: alike(part.left, typeOf(part.right)), right: alike(part.right, typeOf(part.left)) }
    if (part.kind === 'in') return { ...part, list: part.list.map((each) => alike(each, typeOf(part.value))) }
    return part
  })
  if (missing !== undefined) return { problem: `it names ${missing}, which is not there` }
  if (bytes) return { problem: 'it takes bytes for JSON' }
  if (reckons && context.to.kind === 'postgres') return { problem: 'it reckons with texts' }
  const renamed = mapExpression(named, (part) => (part.kind === 'column' ? { ...part, name: lookup(part)?.name ?? part.name } : part))
  return { expression: renamed }
}

/** What some databases take for a number when it is reckoned with, and others do not. */
const isText = (each: Expression, type: PortableType | undefined): boolean =>
  each.kind === 'string' || (each.kind === 'jsonPart' && each.text) || (type !== undefined && TEXTUAL.has(type.name))

/** A cast that changes nothing: of a literal to a text, of a text to a text. */
function withoutCast(cast: Extract<Expression, { readonly kind: 'cast' }>, type: PortableType | undefined): Expression {
  const { value } = cast
  if (cast.type.array > 0) return cast
  const toText = TEXTUAL.has(cast.type.name)
  if (toText && (value.kind === 'string' || value.kind === 'jsonPart' || (type !== undefined && TEXTUAL.has(type.name)))) return value
  if (toText && (value.kind === 'call' || value.kind === 'case')) return value
  if (value.kind === 'number' && NUMERIC.has(cast.type.name)) return value
  if (value.kind === 'string' && (cast.type.name === 'json' || cast.type.name === 'jsonb')) return value
  if (value.kind === 'string' && NUMERIC.has(cast.type.name) && /^-?\d+(?:\.\d+)?$/.test(value.value))
    return { kind: 'number', text: value.value }
  if (value.kind === 'null') return value
  return cast
}

/** A literal of the kind that the other side has: 1 is true to some databases, and no number to others. */
function alike(literal: Expression, type: PortableType | undefined): Expression {
  if (type?.name === 'boolean' && literal.kind === 'number' && (literal.text === '0' || literal.text === '1'))
    return { kind: 'boolean', value: literal.text === '1' }
  if (type !== undefined && NUMERIC.has(type.name) && literal.kind === 'boolean') return { kind: 'number', text: literal.value ? '1' : '0' }
  return literal
}

/** A condition: a number stands for a truth on some databases alone. */
export function asCondition(expression: Expression, typeOf: (column: ColumnExpression) => PortableType | undefined): Expression {
  switch (expression.kind) {
    case 'column': {
      const type = typeOf(expression)
      return type !== undefined && NUMERIC.has(type.name)
        ? { kind: 'binaryOperation', operator: '<>', left: expression, right: { kind: 'number', text: '0' } }
        : expression
    }
    case 'not':
      return { ...expression, value: asCondition(expression.value, typeOf) }
    case 'binaryOperation':
      return expression.operator === 'and' || expression.operator === 'or'
        ? { ...expression, left: asCondition(expression.left, typeOf), right: asCondition(expression.right, typeOf) }
        : expression
    default:
      return expression
  }
}

/** A condition or value of a table in the target's words, or why there is none. */
export function portExpression(context: PortContext, sql: string, table: TableDraft | undefined, alone?: ColumnDraft): WrittenExpression {
  const read = readPortable(context, sql, table, alone)
  if ('problem' in read) return context.sameWords ? { sql } : read
  const typeOf = ({ name }: ColumnExpression): PortableType | undefined =>
    alone?.name === name ? alone.type : table?.columns.find((column) => column.name === name)?.type
  const condition = asCondition(read.expression, typeOf)
  const written = context.to.port.writeExpression(condition)
  return 'problem' in written && context.sameWords ? { sql } : written
}
