import type { ConstraintPayload } from '../facts/constraint.ts'
import type { Fact } from '../facts/fact.ts'
import { columnOf, draftOf, productOf, type PortContext, type TableDraft } from './port-context.ts'
import { portExpression } from './port-expression.ts'
import { SQL_ANSWER, sqlAnswer } from './port-finding.ts'
import { LEAVE } from './port-tables.ts'

/** A key, check or foreign key of the target; its name is chosen later. */
export interface ConstraintDraft {
  readonly fact: Fact<'constraint'> | Fact<'column'>
  readonly kind: ConstraintPayload['type']
  readonly before: readonly string[]
  readonly payload: ConstraintPayload
  /** Given, where a domain named it. */
  readonly name?: string
}

export function portConstraints(context: PortContext, table: TableDraft): readonly ConstraintDraft[] {
  const own = context.children(table.fact.id, 'constraint').flatMap((fact) => {
    const { type } = fact.payload
    if (type === 'check') return portCheck(context, table, fact)
    if (type === 'foreign') return portForeign(context, table, fact)
    return type === 'exclusion' ? leaveExclusion(context, fact) : portKey(context, table, fact)
  })
  const fromTypes = table.columns.flatMap((column) =>
    column.checks.map(({ expression }): ConstraintDraft => ({
      fact: column.fact,
      kind: 'check',
      before: [column.fact.name],
      payload: { type: 'check', columns: [column.name], expression, named: context.to.kind !== 'sqlite', options: {} },
    })),
  )
  return withoutTwins(context, [...own, ...fromTypes])
}

/** Some servers make one key of two over the same columns. */
function withoutTwins({ inquiry }: PortContext, drafts: readonly ConstraintDraft[]): readonly ConstraintDraft[] {
  const seen = new Set<string>()
  const dropped = new Set<ConstraintDraft>()
  const keys = drafts.toSorted((a, b) => Number(b.kind === 'primary') - Number(a.kind === 'primary'))
  for (const draft of keys) {
    if (draft.kind !== 'primary' && draft.kind !== 'unique') continue
    const key = draft.payload.columns.join('\0')
    if (seen.has(key)) {
      inquiry.tell('key', draft.fact, 'another key over the same columns is there already')
      dropped.add(draft)
    }
    seen.add(key)
  }
  return drafts.filter((draft) => !dropped.has(draft))
}

function columnsFor(context: PortContext, table: TableDraft, names: readonly string[]): readonly string[] | undefined {
  const found = names.map((name) => columnOf(context, table, name)?.name)
  return found.every((name) => name !== undefined) ? found : undefined
}

function portKey(context: PortContext, table: TableDraft, fact: Fact<'constraint'>): readonly ConstraintDraft[] {
  const { to, inquiry } = context
  const { features } = to.port
  const { columns, include, deferrable, nullsNotDistinct, comment, named, type } = fact.payload
  const names = columnsFor(context, table, columns)
  if (names === undefined) return []
  const unkeyed = table.columns.find((column) => names.includes(column.name) && isUnkeyed(context, column.sql))
  if (unkeyed !== undefined) {
    inquiry.ask(fact, {
      rule: 'key',
      outcome: 'refused',
      message: `the key over ${names.join(', ')} is left out`,
      loss: `${productOf(to)} has no key over ${unkeyed.sql}`,
      answers: [LEAVE],
    })
    return []
  }
  if (include !== undefined && !features.includedColumns) inquiry.tell('key', fact, 'the key carries no further columns')
  if (deferrable !== undefined && to.kind !== 'postgres') askDeferrable(context, fact, 'key')
  if (nullsNotDistinct === true && !features.nullsNotDistinct) askNulls(context, fact)
  const written: ConstraintPayload = {
    type,
    columns: names,
    ...(include !== undefined && features.includedColumns ? { include: columnsFor(context, table, include) ?? [] } : {}),
    ...(deferrable !== undefined && to.kind === 'postgres' ? { deferrable } : {}),
    ...(nullsNotDistinct === true && features.nullsNotDistinct ? { nullsNotDistinct } : {}),
    ...(comment === undefined ? {} : { comment }),
    named: to.kind !== 'sqlite' || (named && !isUsual(context, fact, table)),
    options: {},
  }
  return [{ fact, kind: type, before: columns, payload: written }]
}

const isUsual = ({ from }: PortContext, { payload, name }: Fact<'constraint'>, { fact }: TableDraft): boolean =>
  from.defaultName(payload.type, fact.name, payload.columns) === name

/** Types of MySQL that no key takes, whatever its length. */
export const isUnkeyed = ({ to }: PortContext, sql: string): boolean =>
  to.port.features.indexBytes !== undefined && /^(?:json|point|geometry)$/.test(sql)

function askDeferrable({ to, inquiry }: PortContext, fact: Fact<'constraint'>, rule: 'key' | 'foreign-key'): void {
  inquiry.ask(fact, {
    rule,
    outcome: 'lossy',
    message: 'it is checked at each statement',
    loss: `${productOf(to)} does not wait for the end of the transaction`,
    group: `deferrable ${rule}`,
    answers: ['at once'],
  })
}

export function askNulls({ to, inquiry }: PortContext, fact: Fact<'constraint'> | Fact<'index'>): void {
  inquiry.ask(fact, {
    rule: 'key',
    outcome: 'lossy',
    message: 'rows with nulls are never equal',
    loss: `${productOf(to)} has no NULLS NOT DISTINCT`,
    group: 'nulls not distinct',
    answers: ['nulls differ'],
  })
}

function leaveExclusion({ to, inquiry }: PortContext, fact: Fact<'constraint'>): readonly ConstraintDraft[] {
  inquiry.ask(fact, {
    rule: 'exclusion',
    outcome: 'refused',
    message: `the exclusion ${fact.payload.expression ?? ''} is left out`,
    loss: `${productOf(to)} has no exclusion constraints; two rows may overlap`,
    answers: [LEAVE],
  })
  return []
}

function portCheck(context: PortContext, table: TableDraft, fact: Fact<'constraint'>): readonly ConstraintDraft[] {
  const { inquiry, to } = context
  const { expression = '', notValid, noInherit, comment, named } = fact.payload
  const draft = (sql: string): readonly ConstraintDraft[] => {
    const mentioned = table.columns.filter(({ fact: { name } }) =>
      new RegExp(`(?<![\\w])${name.replaceAll(/\W/g, '\\$&')}(?![\\w])`, 'i').test(expression),
    )
    const columns = mentioned.map(({ name }) => name)
    const payload: ConstraintPayload = {
      type: 'check',
      columns,
      expression: sql,
      ...(comment === undefined ? {} : { comment }),
      named: to.kind !== 'sqlite' || named,
      options: {},
    }
    return [{ fact, kind: 'check', before: fact.payload.columns, payload }]
  }
  const written = portExpression(context, expression, table)
  const clash = 'sql' in written ? clashOf(context, table, fact) : undefined
  if ('sql' in written && clash === undefined) {
    if (notValid === true && to.kind !== 'postgres') inquiry.tell('check', fact, 'it holds for the rows that are there too')
    if (noInherit === true) inquiry.tell('check', fact, 'nothing inherits it')
    return draft(written.sql)
  }
  const answer = inquiry.ask(fact, {
    rule: 'check',
    outcome: 'refused',
    message: `the check ${expression} is left out`,
    loss: clash ?? ('problem' in written ? written.problem : ''),
    answers: [LEAVE, SQL_ANSWER],
  })
  const sql = sqlAnswer(answer)
  return sql === undefined ? [] : draft(sql)
}

/** MySQL and MariaDB refuse a check over a column that a foreign key sets, or that numbers itself. */
function clashOf(context: PortContext, table: TableDraft, fact: Fact<'constraint'>): string | undefined {
  const { to } = context
  if (to.port.features.checksOverForeignKeys) return undefined
  const text = fact.payload.expression ?? ''
  const names = (name: string): boolean => new RegExp(`(?<!\\w)${name.replaceAll(/\W/g, '\\$&')}(?!\\w)`, 'i').test(text)
  if (table.columns.some((column) => column.identity !== undefined && names(column.fact.name)))
    return `${productOf(to)} checks no column that numbers itself`
  const setting = context
    .children(table.fact.id, 'constraint')
    .find(
      ({ payload: { references, columns } }) =>
        references !== undefined &&
        (['set null', 'set default'].includes(references.onDelete) ||
          ['cascade', 'set null', 'set default'].includes(references.onUpdate)) &&
        columns.some(names),
    )
  return setting === undefined ? undefined : `${productOf(to)} checks no column that a foreign key sets (${setting.name})`
}

function portForeign(context: PortContext, table: TableDraft, fact: Fact<'constraint'>): readonly ConstraintDraft[] {
  const { to, inquiry } = context
  const { features } = to.port
  const { references, columns, deferrable, comment, notValid, named } = fact.payload
  if (references === undefined) return []
  const target = draftOf(context, references.schema, references.table)
  const own = columnsFor(context, table, columns)
  const others = target === undefined ? undefined : columnsFor(context, target, references.columns)
  const keyed = target !== undefined && others !== undefined && isKeyOf(context, target, references.columns)
  if (target === undefined || own === undefined || others === undefined || !keyed) {
    inquiry.ask(fact, {
      rule: 'foreign-key',
      outcome: 'refused',
      message: `the foreign key to ${references.table} (${references.columns.join(', ')}) is left out`,
      loss: target === undefined ? 'the table that it refers to is not there' : 'what it refers to is no key there',
      answers: [LEAVE],
    })
    return []
  }
  if (deferrable !== undefined && !features.deferrable) askDeferrable(context, fact, 'foreign-key')
  const { match, onDeleteColumns } = references
  if (match !== undefined && !features.matchFull && columns.length > 1)
    inquiry.ask(fact, {
      rule: 'foreign-key',
      outcome: 'lossy',
      message: 'a row may have some of its columns null',
      loss: `${productOf(to)} has no MATCH FULL`,
      group: 'match full',
      answers: ['match simple'],
    })
  const required = own.some((name) => table.columns.find((column) => column.name === name)?.notNull === true)
  const action = (given: typeof references.onDelete): typeof references.onDelete => {
    if (given === 'set null' && required && features.indexBytes !== undefined) {
      inquiry.tell(
        'foreign-key',
        fact,
        'SET NULL becomes no action: the column takes no null, so the row that it refers to stays either way',
      )
      return 'no action'
    }
    if (given !== 'set default' || features.setDefault) return given
    inquiry.ask(fact, {
      rule: 'foreign-key',
      outcome: 'lossy',
      message: 'SET DEFAULT becomes no action',
      loss: `${productOf(to)} sets no default`,
      group: 'set default',
      answers: ['no action'],
    })
    return 'no action'
  }
  if (onDeleteColumns !== undefined && !features.setNullColumns)
    inquiry.ask(fact, {
      rule: 'foreign-key',
      outcome: 'lossy',
      message: 'every column of the key is set to null',
      loss: `${productOf(to)} sets all columns or none`,
      group: 'set null columns',
      answers: ['all columns'],
    })
  if (notValid === true) inquiry.tell('foreign-key', fact, 'it holds for the rows that are there too')
  const payload: ConstraintPayload = {
    type: 'foreign',
    columns: own,
    references: {
      schema: target.schema,
      table: target.name,
      columns: others,
      onDelete: action(references.onDelete),
      onUpdate: action(references.onUpdate),
      ...(match !== undefined && features.matchFull ? { match } : {}),
      ...(onDeleteColumns !== undefined && features.setNullColumns ? { onDeleteColumns } : {}),
    },
    ...(deferrable !== undefined && features.deferrable ? { deferrable } : {}),
    ...(comment === undefined ? {} : { comment }),
    named: to.kind !== 'sqlite' || (named && !isUsual(context, fact, table)),
    options: {},
  }
  return [{ fact, kind: 'foreign', before: columns, payload }]
}

/** Servers ask for a key at the other end; SQLite asks when rows are written. */
function isKeyOf(context: PortContext, target: TableDraft, columns: readonly string[]): boolean {
  if (context.to.kind === 'sqlite') return true
  const wanted = columns.map((name) => columnOf(context, target, name)?.fact.name)
  const same = (names: readonly (string | undefined)[]): boolean => {
    const found = names.map((name) => columnOf(context, target, name ?? '')?.fact.name)
    return found.length === wanted.length && wanted.every((name) => found.includes(name))
  }
  const constraints = context
    .children(target.fact.id, 'constraint')
    .filter(({ payload: { type } }) => type === 'primary' || type === 'unique')
  const indexes = context.children(target.fact.id, 'index').filter(({ payload: { unique, where } }) => unique && where === undefined)
  return (
    constraints.some(({ payload }) => same(payload.columns)) ||
    indexes.some(({ payload }) => same(payload.keys.map(({ column }) => column)))
  )
}
