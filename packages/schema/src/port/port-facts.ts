import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { schemaErrors } from '../errors/errors.ts'
import { childrenOfKind } from '../facts/base-index.ts'
import { factBase } from '../facts/fact-base.ts'
import { memberId, type MemberKind, objectId } from '../facts/fact-id.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'
import type { AnyFact, Fact, FactBase, FactId } from '../facts/fact.ts'
import { alignTypes, keyLimits } from './key-limits.ts'
import { createInquiry, type Inquiry, type PortAnswers } from './port-finding.ts'
import { createNames, type Names } from './port-names.ts'
import { draftTables } from './port-tables.ts'
import { enumOf, portTypes } from './port-types.ts'
import { isSameFamily, productOf, type PortContext, type PortingDialect, type TableDraft } from './port-context.ts'
import { portColumns } from './port-columns.ts'
import { portConstraints } from './port-constraints.ts'
import { portIndexes } from './port-indexes.ts'
import { portObjects } from './port-objects.ts'
import { fitRows } from './fit-rows.ts'

export interface PortOptions {
  readonly from: SchemaDialect
  readonly to: SchemaDialect
  readonly answers: PortAnswers
  /** Facts of the source that the target does not get, because the entities say so. */
  readonly skipped?: ReadonlySet<FactId>
  /** Facts of the source that the entities have other words for, and what these words say. */
  readonly settled?: { readonly ids: ReadonlySet<FactId>; readonly stated: FactBase; readonly added: ReadonlySet<FactId> }
}

export interface PortedFacts {
  /** As entities of the target state them; not canonical. */
  readonly facts: FactBase
  readonly inquiry: Inquiry
}

/** A schema of one dialect in the words of another one, with everything that is not as it was. Pure: no database is asked. Throws YAMA_PORT_UNKNOWN. */
export function portFacts(source: FactBase, { from, to, answers, skipped = new Set(), settled }: PortOptions): PortedFacts {
  if (!isPorting(from)) throw schemaErrors.YAMA_PORT_UNKNOWN({ database: from.kind })
  if (!isPorting(to)) throw schemaErrors.YAMA_PORT_UNKNOWN({ database: to.kind })
  const inquiry = createInquiry(answers, settled?.ids)
  const tables = new Map<FactId, TableDraft>()
  const context: PortContext = {
    source,
    from,
    to,
    inquiry,
    tables,
    sameWords: isSameFamily(from, to),
    children: (parent, kind) => childrenOfKind(source, parent, kind).filter(({ id }) => !skipped.has(id)) as never,
  }
  for (const [id, draft] of draftTables(context, skipped)) tables.set(id, draft)
  const keys = keyLimits(context)
  portTypes(context, keys.limits)
  alignTypes(context, keys)
  fitRows(context, keys.limits)
  portColumns(context)
  letterCase(context)
  const names = createNames(context)
  const enums = new Map<FactId, AnyFact>()
  const facts = [...tables.values()].flatMap((table) => emitTable(context, table, names, enums))
  const all = [...enums.values(), ...facts, ...portObjects(context, skipped)]
  return { facts: factBase(`${to.kind}:port`, settled === undefined ? all : withSettled(all, settled, to)), inquiry }
}

/** What the entities say for the target alone takes the place of what was made of the source. */
function withSettled(
  all: readonly AnyFact[],
  { ids, stated, added }: NonNullable<PortOptions['settled']>,
  to: PortingDialect,
): readonly AnyFact[] {
  const own = new Map<FactId, AnyFact>()
  for (const id of ids) {
    const { kind, schema, table, name } = parseFactId(id)
    const home = to.defaultSchema === '' ? '' : schema === '' ? to.defaultSchema : schema
    const there = table === undefined ? objectId(kind, home, name) : memberId(kind as MemberKind, home, table, name)
    const fact = stated.facts.get(there)
    if (fact !== undefined) own.set(there, fact)
  }
  for (const id of added) {
    const fact = stated.facts.get(id)
    if (fact !== undefined && (fact.parent === undefined || all.some((each) => each.id === fact.parent) || added.has(fact.parent)))
      own.set(id, fact)
  }
  return [...all.map((fact) => own.get(fact.id) ?? fact), ...[...own.values()].filter(({ id }) => !all.some((each) => each.id === id))]
}

const isPorting = (dialect: SchemaDialect): dialect is PortingDialect => dialect.port !== undefined

/** Whether `a` and `A` are one text is a matter of the collation, and the two sides may differ in it. */
function letterCase({ tables, from, to, inquiry, sameWords }: PortContext): void {
  const [first] = tables.values()
  const { caseSensitiveCollation, ignoresCase } = to.port.features
  if (first === undefined || sameWords || ignoresCase === from.port.features.ignoresCase) {
    if (sameWords) for (const table of tables.values()) keepOptions(table)
    return
  }
  if (caseSensitiveCollation === undefined) {
    inquiry.ask(first.fact, {
      rule: 'collation',
      outcome: 'lossy',
      message: `texts that differ in the case of their letters are different on ${productOf(to)}`,
      loss: `${productOf(from)} takes them for equal, in keys and comparisons`,
      group: 'letter case',
      answers: ['different'],
    })
    return
  }
  const answer = inquiry.ask(first.fact, {
    rule: 'collation',
    outcome: 'lossy',
    message: `every table has the collation ${caseSensitiveCollation}`,
    loss: `texts are ordered by their code points; without it ${productOf(to)} takes texts for equal that differ in the case of their letters`,
    group: 'letter case',
    answers: [caseSensitiveCollation, 'the collation of the database'],
  })
  if (answer === caseSensitiveCollation)
    for (const table of tables.values()) table.options = { ...table.options, collation: caseSensitiveCollation }
}

function keepOptions(table: TableDraft): void {
  const { collation, ...others } = table.fact.payload.options
  const known = typeof collation === 'string' && !collation.includes('0900') && !collation.includes('uca1400')
  table.options = { ...others, ...(known ? { collation } : {}) }
}

function emitTable(context: PortContext, table: TableDraft, names: Names, enums: Map<FactId, AnyFact>): readonly AnyFact[] {
  const { to, inquiry, sameWords } = context
  const { schema, name } = table
  const parent = objectId('table', schema, name)
  const { comment, options } = table.fact.payload
  if (!sameWords)
    for (const option of Object.keys(options))
      if (option !== 'virtual') inquiry.tell('option', table.fact, `${option} means nothing to ${productOf(to)}`)
  const origin = table.fact.origin === undefined ? {} : { origin: table.fact.origin }
  const fact: AnyFact = {
    kind: 'table',
    id: parent,
    schema,
    name,
    payload: { ...(comment === undefined ? {} : { comment }), options: table.options },
    dependsOn: [],
    ...origin,
  }
  const columns = table.columns.map((column, position): Fact<'column'> => {
    const type = enumOf(context, table, column)
    const sql = type === undefined ? column.sql : `${to.quote(type.schema)}.${to.quote(type.name)}`
    const id = type === undefined ? undefined : objectId('enum', type.schema, type.name)
    if (type !== undefined && id !== undefined)
      enums.set(id, { kind: 'enum', id, schema: type.schema, name: type.name, payload: { values: column.values ?? [] }, dependsOn: [] })
    const { generated, identity, collation, default: preset } = column
    return {
      kind: 'column',
      id: memberId('column', schema, name, column.name),
      schema,
      name: column.name,
      parent,
      payload: {
        type: sql,
        notNull: column.notNull,
        ...(preset === undefined ? {} : { default: preset }),
        ...(generated === undefined ? {} : { generated }),
        ...(identity === undefined ? {} : { identity }),
        ...(collation === undefined ? {} : { collation }),
        ...(column.fact.payload.comment === undefined ? {} : { comment: column.fact.payload.comment }),
        options: column.options,
      },
      dependsOn: id === undefined ? [] : [id],
      position,
    }
  })
  const constraints = portConstraints(context, table).map(({ fact: from, kind, before, payload }): Fact<'constraint'> => {
    const own = names.choose(kind, from, table, before, payload.columns)
    const plain = payload.type === 'check' ? { ...payload, columns: [] } : payload
    return { kind: 'constraint', id: memberId('constraint', schema, name, own), schema, name: own, parent, payload: plain, dependsOn: [] }
  })
  const indexes = portIndexes(context, table).map(({ fact: from, before, payload }): Fact<'index'> => {
    const columnsOfIndex = payload.keys.map(({ column }) => column ?? 'expr')
    const own = names.choose('index', from, table, before, columnsOfIndex)
    return { kind: 'index', id: memberId('index', schema, name, own), schema, name: own, parent, payload, dependsOn: [] }
  })
  return [
    fact,
    ...columns,
    ...constraints,
    ...indexes,
    ...numberingIndex(context, table, constraints, indexes, names),
  ] as readonly AnyFact[]
}

/** A column that numbers itself begins a key, where the target asks for that. */
function numberingIndex(
  { to, inquiry }: PortContext,
  table: TableDraft,
  constraints: readonly Fact<'constraint'>[],
  indexes: readonly Fact<'index'>[],
  names: Names,
): readonly Fact<'index'>[] {
  const numbered = table.columns.find(({ identity }) => identity !== undefined)
  if (numbered === undefined || !to.port.features.identityNeedsKey) return []
  const begins = [
    ...constraints.flatMap(({ payload: { type, columns } }) => (type === 'primary' || type === 'unique' ? [columns[0]] : [])),
    ...indexes.map(({ payload }) => payload.keys[0]?.column),
  ]
  if (begins.includes(numbered.name)) return []
  inquiry.tell('identity', numbered.fact, 'it has an index, which a column needs that numbers itself')
  const name = names.choose('index', numbered.fact, table, ['\0'], [numbered.name])
  const { schema, name: owner } = table
  const payload = { unique: false, method: 'btree', keys: [{ column: numbered.name }], options: {} }
  return [
    {
      kind: 'index',
      id: memberId('index', schema, owner, name),
      schema,
      name,
      parent: objectId('table', schema, owner),
      payload,
      dependsOn: [],
    },
  ]
}
