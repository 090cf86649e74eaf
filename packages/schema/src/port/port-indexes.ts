import type { Expression } from '../contract/expression.ts'
import type { Fact } from '../facts/fact.ts'
import type { IndexKey, IndexPayload } from '../facts/index-fact.ts'
import { columnsOf } from './expression/map-expression.ts'
import { columnOf, productOf, type PortContext, type TableDraft } from './port-context.ts'
import { portKeyCollation } from './port-collation.ts'
import { askNulls, isUnkeyed } from './port-constraints.ts'
import { asCondition, readPortable } from './port-expression.ts'
import { SQL_ANSWER, sqlAnswer } from './port-finding.ts'
import { LEAVE } from './port-tables.ts'

export interface IndexDraft {
  readonly fact: Fact<'index'>
  readonly before: readonly string[]
  readonly payload: IndexPayload
}

export function portIndexes(context: PortContext, table: TableDraft): readonly IndexDraft[] {
  return context.children(table.fact.id, 'index').flatMap((fact) => portIndex(context, table, fact) ?? [])
}

function portIndex(context: PortContext, table: TableDraft, fact: Fact<'index'>): IndexDraft | undefined {
  const { to, inquiry } = context
  const { features } = to.port
  const { unique, include, nullsNotDistinct, comment, options, method: found } = fact.payload
  const method = to.port.indexMethod(found)
  const leave = (loss: string): undefined =>
    void inquiry.ask(fact, {
      rule: 'index',
      outcome: 'refused',
      message: `the ${unique ? 'unique ' : ''}index ${fact.name} is left out`,
      loss,
      answers: [LEAVE],
    })
  if (method === undefined)
    return void inquiry.ask(fact, {
      rule: 'index',
      outcome: 'refused',
      message: `the ${found} index ${fact.name} is left out`,
      loss: `${productOf(to)} has no such index`,
      group: `index method:${found}`,
      answers: [LEAVE],
    })
  if (method !== found) inquiry.tell('index', fact, `the ${found} index is a ${method} index`)
  const keys = portKeys(context, table, fact)
  if ('problem' in keys) return leave(keys.problem)
  const condition = portCondition(context, table, fact, keys)
  if (condition === undefined) return undefined
  if (include !== undefined && !features.includedColumns) inquiry.tell('index', fact, 'the index carries no further columns')
  if (nullsNotDistinct === true && !features.nullsNotDistinct) askNulls(context, fact)
  const payload: IndexPayload = {
    unique,
    method,
    keys: condition.keys.map(({ key }) => key),
    ...(include !== undefined && features.includedColumns
      ? { include: include.flatMap((name) => columnOf(context, table, name)?.name ?? []) }
      : {}),
    ...(condition.where === undefined ? {} : { where: condition.where }),
    ...(nullsNotDistinct === true && features.nullsNotDistinct ? { nullsNotDistinct } : {}),
    ...(comment === undefined ? {} : { comment }),
    options: context.sameWords ? options : {},
  }
  const names = (key: IndexKey): string => key.column ?? 'expr'
  return { fact, before: fact.payload.keys.map(names), payload }
}

interface PortedKey {
  readonly key: IndexKey
  /** For a condition that has to move into the key. */
  readonly expression: Expression
}

/** Only the order of the index is lost: a query that asks for the nulls there is sorted. */
function askNullsOrder({ to, inquiry }: PortContext, fact: Fact<'index'>, nulls: 'first' | 'last'): void {
  inquiry.ask(fact, {
    rule: 'index',
    outcome: 'lossy',
    message: `nulls do not come ${nulls} in the index`,
    loss: `${productOf(to)} puts them where it likes; a query that wants them ${nulls} is sorted`,
    group: 'nulls order',
    answers: ['as the database does'],
  })
}

function portKeys(context: PortContext, table: TableDraft, fact: Fact<'index'>): readonly PortedKey[] | { readonly problem: string } {
  const { to, inquiry } = context
  const { features } = to.port
  const room = features.indexBytes === undefined ? undefined : Math.floor(features.indexBytes / 4)
  const { keys: given, unique, method } = fact.payload
  const found: PortedKey[] = []
  for (const { column, expression, descending, nulls, collation, operatorClass, prefixLength } of given) {
    if (operatorClass !== undefined) inquiry.tell('index', fact, `the operator class ${operatorClass} is left out`)
    if (collation !== undefined) portKeyCollation(context, fact, collation)
    if (nulls !== undefined && !features.nullsOrder) askNullsOrder(context, fact, nulls)
    const order = {
      ...(descending === true ? { descending } : {}),
      ...(nulls !== undefined && features.nullsOrder ? { nulls } : {}),
    }
    if (column !== undefined) {
      const draft = columnOf(context, table, column)
      if (draft === undefined) return { problem: `the column ${column} is not there` }
      if (isUnkeyed(context, draft.sql)) return { problem: `${productOf(to)} has no index over ${draft.sql}` }
      const prefix =
        room === undefined || method === 'fulltext'
          ? undefined
          : (prefixLength ?? prefixOf(draft.sql, room, { keys: given.length, unique }))
      if (prefixLength !== undefined && room === undefined) inquiry.tell('index', fact, `the whole of ${draft.name} is indexed`)
      if (prefix !== undefined && prefixLength === undefined && !unique)
        inquiry.tell('index', fact, `the first ${prefix} characters of ${draft.name} are indexed`)
      found.push({
        key: { column: draft.name, ...order, ...(prefix === undefined ? {} : { prefixLength: prefix }) },
        expression: { kind: 'column', name: draft.name },
      })
      continue
    }
    const read = readPortable(context, expression ?? '', table)
    if ('problem' in read) {
      if (!context.sameWords || !features.expressionIndexes) return { problem: `the expression ${expression ?? ''}: ${read.problem}` }
      found.push({ key: { expression: expression ?? '', ...order }, expression: { kind: 'null' } })
      continue
    }
    const overText = columnsOf(read.expression).some((name) => isTextual(table, name))
    const plain = plainColumn(context, fact, read.expression)
    if (plain !== undefined) {
      const sql = table.columns.find(({ name }) => name === plain)?.sql ?? ''
      const prefix = room === undefined ? undefined : prefixOf(sql, room, { keys: given.length, unique: false })
      if (prefix !== undefined && unique) return { problem: `the whole of ${plain} does not fit into an index` }
      if (prefix !== undefined) inquiry.tell('index', fact, `the first ${prefix} characters of ${plain} are indexed`)
      const part = prefix === undefined ? {} : { prefixLength: prefix }
      found.push({ key: { column: plain, ...order, ...part }, expression: { kind: 'column', name: plain } })
      continue
    }
    const written = to.port.writeKey(read.expression, overText)
    if ('problem' in written) return { problem: `the expression ${expression ?? ''}: ${written.problem}` }
    if (written.loss !== undefined) inquiry.tell('index', fact, written.loss)
    found.push({ key: { expression: written.sql, ...order }, expression: read.expression })
  }
  return found
}

/** Characters of a text that are indexed, where it is not the whole of it. */
function prefixOf(sql: string, room: number, { keys, unique }: { readonly keys: number; readonly unique: boolean }): number | undefined {
  if (/^(?:long|medium|tiny)?(?:text|blob)$/.test(sql)) return Math.min(255, Math.floor(room / keys))
  return unique ? undefined : longPrefix(sql, room, keys)
}

/** A text that alone would fill the index is indexed in part. */
function longPrefix(sql: string, room: number, keys: number): number | undefined {
  const size = /^(?:var)?(?:char|binary)\((\d+)\)$/.exec(sql)?.[1]
  const share = Math.floor((room - 8) / keys)
  return size !== undefined && Number(size) > share ? share : undefined
}

const isTextual = (table: TableDraft, name: string): boolean => {
  const type = table.columns.find((column) => column.name === name)?.type
  return type !== undefined && ['text', 'citext', 'xml'].includes(type.name)
}

/** Where nothing indexes expressions, `lower(name)` is the column itself to a server that ignores the letters' case. */
function plainColumn(context: PortContext, fact: Fact<'index'>, expression: Expression): string | undefined {
  const { to, inquiry } = context
  if (to.port.features.expressionIndexes || expression.kind !== 'call') return undefined
  const [argument] = expression.arguments
  if ((expression.name !== 'lower' && expression.name !== 'upper') || argument?.kind !== 'column') return undefined
  const answer = inquiry.ask(fact, {
    rule: 'index',
    outcome: 'lossy',
    message: `the index is over ${argument.name} itself`,
    loss: `${productOf(to)} has no index over ${expression.name}(); it serves and limits only texts that are equal by the collation of the column`,
    group: 'index over letters of one case',
    answers: ['the column', LEAVE],
  })
  return answer === LEAVE ? undefined : argument.name
}

interface Condition {
  readonly keys: readonly PortedKey[]
  readonly where?: string
}

/** Undefined where the index is left out. */
function portCondition(context: PortContext, table: TableDraft, fact: Fact<'index'>, keys: readonly PortedKey[]): Condition | undefined {
  const { to, inquiry } = context
  const { where, unique } = fact.payload
  if (where === undefined) return { keys }
  const read = readPortable(context, where, table)
  const typeOf = ({ name }: { readonly name: string }) => table.columns.find((column) => column.name === name)?.type
  const condition = 'problem' in read ? undefined : asCondition(read.expression, typeOf)
  const written = condition === undefined ? undefined : to.port.writeExpression(condition)
  const problem = 'problem' in read ? read.problem : written !== undefined && 'problem' in written ? written.problem : undefined
  if (to.port.features.partialIndexes && written !== undefined && 'sql' in written) return { keys, where: written.sql }
  const moved = unique && condition !== undefined ? movedInto(context, table, keys, condition) : undefined
  const loss = to.port.features.partialIndexes ? (problem ?? '') : `${productOf(to)} has no index over a part of the rows`
  const answers = unique
    ? [...(moved === undefined ? [] : ['expression']), LEAVE, 'whole table', SQL_ANSWER]
    : ['whole table', LEAVE, SQL_ANSWER]
  const answer = inquiry.ask(fact, {
    rule: 'index',
    outcome: moved === undefined && unique ? 'refused' : 'lossy',
    message:
      moved !== undefined
        ? `the unique index over rows where ${where} is one over an expression that is null elsewhere`
        : unique
          ? `the unique index over rows where ${where} is left out`
          : `the index covers all rows, not just those where ${where}`,
    loss: unique && moved === undefined ? `${loss}; two of those rows may be equal` : loss,
    ...(unique ? {} : { group: 'partial index' }),
    answers,
  })
  if (answer === 'expression' && moved !== undefined) return { keys: moved }
  if (answer === 'whole table') return { keys }
  const sql = sqlAnswer(answer)
  return sql === undefined ? undefined : { keys, where: sql }
}

/** `CASE WHEN condition THEN column END`: null, and so never equal, where the condition does not hold. */
function movedInto(
  context: PortContext,
  table: TableDraft,
  keys: readonly PortedKey[],
  condition: Expression,
): readonly PortedKey[] | undefined {
  const { to } = context
  if (!to.port.features.expressionIndexes) return undefined
  const [first, ...rest] = keys
  if (first === undefined) return undefined
  const expression: Expression = { kind: 'case', branches: [{ when: condition, value: first.expression }] }
  const written = to.port.writeKey(
    expression,
    columnsOf(first.expression).some((name) => isTextual(table, name)),
  )
  return 'problem' in written ? undefined : [{ key: { expression: written.sql }, expression }, ...rest]
}
