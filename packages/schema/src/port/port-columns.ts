import type { PortableDefault, PortableType } from '../contract/type-mapping.ts'
import type { Expression } from '../contract/expression.ts'
import { columnsOf } from './expression/map-expression.ts'
import { readPortable } from './port-expression.ts'
import { productOf, type ColumnDraft, type PortContext, type TableDraft } from './port-context.ts'
import { SQL_ANSWER, sqlAnswer } from './port-finding.ts'
import { portGenerated } from './port-generated.ts'
import { portCollation } from './port-collation.ts'
import { portIdentity } from './port-identity.ts'

const NUMERIC: ReadonlySet<string> = new Set(['smallint', 'int', 'bigint', 'decimal', 'float', 'double', 'money'])
const TEXTUAL: ReadonlySet<string> = new Set(['string', 'char', 'text', 'citext'])

/** Where the values of each column come from: default, generation, numbering. */
export function portColumns(context: PortContext): void {
  for (const table of context.tables.values()) {
    portIdentity(context, table)
    for (const column of table.columns) {
      portDefault(context, table, column)
      portGenerated(context, table, column)
      portOptions(context, column)
    }
  }
}

function portDefault(context: PortContext, table: TableDraft, column: ColumnDraft): void {
  const { from, to, inquiry } = context
  const text = column.fact.payload.default ?? column.preset
  if (text === undefined || column.identity !== undefined) return
  const written = defaultOf(context, table, column, text)
  if ('sql' in written) {
    column.default = written.sql
    return
  }
  if (context.sameWords) {
    column.default = text
    return
  }
  const answer = inquiry.ask(column.fact, {
    rule: 'default',
    outcome: 'refused',
    message: `the default ${text} is left out`,
    loss: `${written.problem}; rows have to say the value themselves (${productOf(from)} to ${productOf(to)})`,
    answers: ['no default', SQL_ANSWER],
  })
  const sql = sqlAnswer(answer)
  if (sql !== undefined) column.default = sql
}

type DefaultText = { readonly sql: string } | { readonly problem: string }

function defaultOf(context: PortContext, table: TableDraft, column: ColumnDraft, text: string): DefaultText {
  const { from, to } = context
  const value = from.types.defaultToPortable(text, column.fact.payload.type)
  if ('sql' in value) {
    const read = readPortable(context, text, table)
    if ('problem' in read) return read
    const plain = plainDefault(read.expression, column.type)
    if (plain !== undefined) return nativeDefault(context, column, plain)
    if (columnsOf(read.expression).length > 0) return { problem: 'it is made from other columns' }
    const written = to.port.writeExpression(read.expression)
    return 'problem' in written ? written : { sql: written.sql }
  }
  return nativeDefault(context, column, adapted(value, column.type))
}

/** A literal of the column's kind: `'0'` is a number to SQLite, and `1` a truth to MySQL. */
function adapted(value: PortableDefault, type: PortableType | undefined): PortableDefault {
  if (!('literal' in value) || type === undefined || value.literal === null) {
    if ('json' in value && type !== undefined && type.name !== 'json' && type.name !== 'jsonb') return { literal: value.json }
    return value
  }
  const { literal } = value
  if (type.name === 'boolean') {
    if (literal === 1 || literal === '1' || (typeof literal === 'string' && literal.toLowerCase() === 'true')) return { literal: true }
    if (literal === 0 || literal === '0' || (typeof literal === 'string' && literal.toLowerCase() === 'false')) return { literal: false }
    return value
  }
  if (NUMERIC.has(type.name)) {
    if (typeof literal === 'boolean') return { literal: literal ? 1 : 0 }
    if (typeof literal === 'string' && /^(?:true|false)$/i.test(literal)) return { literal: literal.toLowerCase() === 'true' ? 1 : 0 }
    return typeof literal === 'string' && /^-?\d{1,15}(?:\.\d+)?$/.test(literal) ? { literal: Number(literal) } : value
  }
  if (type.array > 0 && literal === '{}') return { json: '[]' }
  if ((type.name === 'json' || type.name === 'jsonb') && typeof literal === 'string') return { json: literal }
  return TEXTUAL.has(type.name) && typeof literal !== 'string' ? { literal: String(literal) } : value
}

/** An expression that is a portable default in other words. */
function plainDefault(expression: Expression, type: PortableType | undefined): PortableDefault | undefined {
  switch (expression.kind) {
    case 'cast':
      return plainDefault(expression.value, type)
    case 'string':
      // PostgreSQL reads the word as a moment.
      if (/^now(?:\(\))?$/i.test(expression.value) && type !== undefined && /^time|^date/.test(type.name))
        return { function: type.name === 'date' ? 'today' : 'now' }
      return adapted({ literal: expression.value }, type)
    case 'number':
      return /^\d{1,15}(?:\.\d+)?$/.test(expression.text) ? adapted({ literal: Number(expression.text) }, type) : undefined
    case 'negative': {
      const inner = plainDefault(expression.value, type)
      return inner !== undefined && 'literal' in inner && typeof inner.literal === 'number' ? { literal: -inner.literal } : undefined
    }
    case 'boolean':
      return adapted({ literal: expression.value }, type)
    case 'null':
      return { literal: null }
    case 'binary': {
      const isText = type?.name === 'json' || type?.name === 'jsonb' || (type !== undefined && TEXTUAL.has(type.name))
      return isText ? adapted({ literal: textOf(expression.hex) }, type) : undefined
    }
    case 'call':
      if (expression.name === 'gen_uuid') return { function: 'gen_uuid' }
      if (expression.name === 'today') return { function: 'today' }
      return expression.name === 'now' && type !== undefined && /^time|^date/.test(type.name) ? { function: 'now' } : undefined
    default:
      return undefined
  }
}

const textOf = (hex: string): string =>
  new TextDecoder().decode(Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)))

function nativeDefault({ to }: PortContext, column: ColumnDraft, value: PortableDefault): DefaultText {
  const { type } = column
  if ('literal' in value && value.literal === null) return { problem: 'no default is the same as NULL' }
  const text = to.types.defaultToNative(value, type)
  if ('function' in value && value.function === 'gen_uuid' && type !== undefined && !['uuid', ...TEXTUAL].includes(type.name))
    return { problem: `${column.sql} takes no UUID` }
  return { sql: withoutBrackets(to, column, text) }
}

/** Brackets that a server asks for around a literal come back when the entity is read; without them it stays a literal there. */
function withoutBrackets(to: PortContext['to'], column: ColumnDraft, text: string): string {
  const inside = /^\((.*)\)$/s.exec(text)?.[1]
  return inside === undefined || 'sql' in to.types.defaultToPortable(inside, column.sql) ? text : inside
}

function portOptions(context: PortContext, column: ColumnDraft): void {
  const { to, inquiry, sameWords } = context
  const { options, collation } = column.fact.payload
  if (sameWords) {
    column.options = { ...options }
    if (collation !== undefined && !collation.includes('0900') && !collation.includes('uca1400')) column.collation = collation
    return
  }
  const { onUpdate, ...others } = options
  if (onUpdate !== undefined)
    inquiry.ask(column.fact, {
      rule: 'option',
      outcome: 'refused',
      message: 'the column is not set when its row changes',
      loss: `${productOf(to)} has no ON UPDATE; the application or a trigger has to set it`,
      group: 'on update',
      answers: ['leave out'],
    })
  for (const [name, value] of Object.entries(others))
    inquiry.tell('option', column.fact, `${name} ${String(value)} means nothing to ${productOf(to)}`)
  if (collation !== undefined) portCollation(context, column, collation)
}
