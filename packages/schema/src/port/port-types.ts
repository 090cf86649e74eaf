import type { ForeignType } from '../contract/port-dialect.ts'
import type { PortableType, PortableTypeName } from '../contract/type-mapping.ts'
import type { Fact, FactId } from '../facts/fact.ts'
import { typeMentions } from '../facts/type-mentions.ts'
import { productOf, type ColumnDraft, type PortContext, type TableDraft } from './port-context.ts'
import { SQL_ANSWER, sqlAnswer } from './port-finding.ts'
import { portExpression } from './port-expression.ts'

const plain = (name: PortableTypeName, ...parameters: readonly number[]): PortableType => ({ name, parameters, array: 0 })

/** Other types that somebody may prefer where the usual one loses something. */
const OTHERS: Readonly<Partial<Record<PortableTypeName, readonly PortableType[]>>> = {
  timestamp: [plain('timestamplocal')],
  uuid: [plain('binary', 16)],
  citext: [plain('string', 255)],
  json: [plain('text')],
  jsonb: [plain('text')],
  inet: [plain('string', 43)],
  interval: [plain('bigint')],
  decimal: [plain('string', 80)],
  money: [plain('decimal', 19, 4)],
  bigint: [plain('int')],
}

interface Meaning {
  readonly foreign: ForeignType
  /** A list of them. */
  readonly array: number
  /** For people, where it is not the type itself that is lost. */
  readonly note?: string
}

/** What the type of a column means, through the schema's own types. */
export function meaningOf(context: PortContext, column: ColumnDraft, type = column.fact.payload.type): Meaning {
  const { source, from, inquiry } = context
  const array = /(?:\[\])+$/.exec(type)?.[0].length ?? 0
  const own = typeMentions(type, column.fact.schema, source).map((id) => source.facts.get(id))[0]
  if (own?.kind === 'enum') return { foreign: { kind: 'values', values: own.payload.values }, array: array / 2 }
  if (own?.kind === 'domain') {
    takeDomain(context, column, own)
    inquiry.tell('domain', column.fact, `the domain ${own.name} becomes its type and its checks`)
    const inner = meaningOf(context, column, own.payload.type)
    return { ...inner, array: inner.array + array / 2 }
  }
  if (own?.kind === 'compositeType' || own?.kind === 'table' || own?.kind === 'view')
    return {
      foreign: { kind: 'portable', type: plain('json'), loss: `a value of ${own.name} is stored as JSON; its parts are not checked` },
      array: array / 2,
    }
  if (own?.kind === 'rangeType')
    return { foreign: { kind: 'portable', type: plain('string', 255), loss: 'a range is stored as its text' }, array: array / 2 }
  return { foreign: from.port.readType(type), array: 0 }
}

function takeDomain(context: PortContext, column: ColumnDraft, domain: Fact<'domain'>): void {
  const { notNull, default: value, checks } = domain.payload
  if (notNull) column.notNull = true
  if (value !== undefined && column.fact.payload.default === undefined) (column as { preset: string | undefined }).preset = value
  for (const { name, expression } of checks) {
    const own = expression.replaceAll(/\bVALUE\b/g, context.from.quote(column.fact.name))
    const written = portExpression(context, own, undefined, column)
    if ('sql' in written) column.checks.push({ name, expression: written.sql })
    else
      context.inquiry.ask(column.fact, {
        rule: 'domain',
        outcome: 'refused',
        message: `the check ${name} of the domain ${domain.name} is left out`,
        loss: written.problem,
        group: domain.id,
        answers: ['leave out'],
      })
  }
}

/** Gives each column the type that the target has for it. `limits` are the characters that keys have room for. */
export function portTypes(context: PortContext, limits: ReadonlyMap<ColumnDraft, number>): void {
  for (const table of context.tables.values()) for (const column of table.columns) portType(context, column, limits.get(column))
}

function portType(context: PortContext, column: ColumnDraft, limit: number | undefined): void {
  const { to, inquiry } = context
  const { foreign, array } = meaningOf(context, column)
  const printed = column.fact.payload.type
  if (foreign.kind === 'unknown' || (context.sameWords && context.from.types.toPortable(printed) === undefined)) {
    // The text stays; what it means is for those who compare it.
    const meant = foreign.kind === 'portable' ? foreign.type : foreign.kind === 'values' ? plain('string') : undefined
    if (context.sameWords) return void Object.assign(column, { sql: printed, type: meant })
    const text = to.types.toNative(plain('text')).sql
    const answer = inquiry.ask(column.fact, {
      rule: 'type',
      outcome: 'lossy',
      message: `type ${printed} becomes ${text}`,
      loss: `${productOf(to)} has nothing like it; its form is not checked`,
      group: `type:${printed}`,
      answers: [text, SQL_ANSWER],
    })
    const raw = sqlAnswer(answer)
    setType(context, column, plain('text'), raw, limit)
    return
  }
  if (foreign.kind === 'values') return portValues(context, column, foreign.values, array)
  const meant = { ...foreign.type, array: foreign.type.array + array }
  column.source = meant
  setType(context, column, meant, undefined, limit, foreign.loss)
}

function setType(
  { to, inquiry }: PortContext,
  column: ColumnDraft,
  meant: PortableType,
  raw: string | undefined,
  limit: number | undefined,
  before?: string,
): void {
  column.source ??= meant
  if (raw !== undefined) {
    Object.assign(column, { sql: raw, type: to.types.toPortable(raw) })
    return
  }
  const preset = /^'(\d{4}-\d\d-\d\d[^']*)'/.exec(column.fact.payload.default ?? '')?.[1]
  const fitted = to.port.fitType(meant, {
    ...(limit === undefined ? {} : { keyCharacters: limit }),
    ...(preset === undefined ? {} : { preset }),
  })
  const native = to.types.toNative(fitted.type)
  const losses = [before, fitted.loss, native.lossy].filter((loss) => loss !== undefined)
  Object.assign(column, { type: fitted.type, sql: native.sql })
  if (losses.length === 0) return
  const usual = native.sql
  const others = (OTHERS[meant.name] ?? [])
    .map((other) => ({ type: other, sql: to.types.toNative(other).sql }))
    .filter(({ sql }) => sql !== usual)
  const answer = inquiry.ask(column.fact, {
    rule: 'type',
    outcome: 'lossy',
    message: `type ${column.fact.payload.type} becomes ${usual}`,
    loss: losses.join('; '),
    group: `type:${column.fact.payload.type}${fitted.loss === undefined ? '' : ` as ${usual}`}`,
    answers: [usual, ...others.map(({ sql }) => sql), SQL_ANSWER],
  })
  const chosen = others.find(({ sql }) => sql === answer)
  const sql = sqlAnswer(answer)
  if (chosen !== undefined) Object.assign(column, chosen)
  else if (sql !== undefined) Object.assign(column, { sql, type: to.types.toPortable(sql) })
}

/** A list of values: a type of its own, or a text with a check. */
function portValues(context: PortContext, column: ColumnDraft, values: readonly string[], array: number): void {
  const { to, inquiry } = context
  column.values = values
  const longest = values.reduce((most, value) => Math.max(most, [...value].length), 1)
  const text: PortableType = { name: 'string', parameters: [Math.max(longest, 1)], array }
  column.source = text
  if (array > 0)
    return setType(context, column, { ...text, parameters: [] }, undefined, undefined, 'which values the list may hold is not checked')
  column.type = text
  if (to.types.enums === 'native' && hasOwnType(column)) return
  column.sql = to.types.toNative(text).sql
  const list = values.map((value) => to.types.defaultToNative({ literal: value }, text))
  column.checks.push({ name: undefined, expression: `${to.quote(column.name)} in (${list.join(', ')})` })
  inquiry.tell(
    'enum',
    column.fact,
    `the values (${values.slice(0, 4).join(', ')}${values.length > 4 ? ', …' : ''}) are a check on ${column.sql}`,
  )
}

/** No expression makes a value of an enum in a generated column: a text does not become one whatever the session says. */
const hasOwnType = (column: ColumnDraft): boolean => column.fact.payload.generated === undefined

/** The enum type that a column has on a database with such types, and its id. */
export function enumOf(
  context: PortContext,
  table: TableDraft,
  column: ColumnDraft,
): { readonly id: FactId; readonly name: string; readonly schema: string } | undefined {
  const { source } = context
  if (column.values === undefined || context.to.types.enums !== 'native' || !hasOwnType(column) || (column.type?.array ?? 0) > 0)
    return undefined
  const [own] = typeMentions(column.fact.payload.type, column.fact.schema, source)
  const found = own === undefined ? undefined : source.facts.get(own)
  const name = found?.name ?? `${table.name}_${column.name}`
  const schema = found?.schema ?? table.schema
  return { id: found?.id ?? column.fact.id, name, schema }
}
