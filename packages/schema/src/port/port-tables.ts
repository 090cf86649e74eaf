import type { Fact, FactId } from '../facts/fact.ts'
import { describeFact } from '../facts/describe-fact.ts'
import { parentsOf } from '../facts/table.ts'
import { productOf, type ColumnDraft, type PortContext, type TableDraft } from './port-context.ts'

const LEAVE = 'leave out'
export { LEAVE }

/** The name of a table or view on the target; undefined where its namespace is left out. */
export function placeOf(
  context: PortContext,
  fact: Fact<'table'> | Fact<'view'>,
): { readonly schema: string; readonly name: string } | undefined {
  const { from, to, inquiry } = context
  if (to.defaultSchema !== '') return { schema: fact.schema === '' ? to.defaultSchema : fact.schema, name: fact.name }
  if (fact.schema === from.defaultSchema) return { schema: '', name: fact.name }
  const answer = inquiry.ask(fact, {
    rule: 'schema',
    outcome: 'lossy',
    message: `the schema ${fact.schema} becomes a part of the names: ${fact.schema}_${fact.name}`,
    loss: `${productOf(to)} has no schemas inside a database`,
    group: `schema:${fact.schema}`,
    answers: ['prefix', 'plain', LEAVE],
  })
  if (answer === LEAVE) return undefined
  return { schema: '', name: answer === 'plain' ? fact.name : `${fact.schema}_${fact.name}` }
}

/** Every table that the target gets, with its columns; partitions become part of their parent, children get the columns that they inherit. */
export function draftTables(context: PortContext, skipped: ReadonlySet<FactId>): Map<FactId, TableDraft> {
  const { source, to, inquiry } = context
  const drafts = new Map<FactId, TableDraft>()
  const taken = new Set<string>()
  for (const fact of source.facts.values()) {
    if (fact.kind !== 'table' || skipped.has(fact.id) || isPartition(context, fact)) continue
    if (!isPortable(context, fact)) continue
    const place = placeOf(context, fact)
    if (place === undefined) continue
    const name = freeName(place.name, taken, to.port.features.foldsNames)
    if (name !== place.name) inquiry.tell('name', fact, `the table is called ${name}: ${place.name} is taken`)
    const columns = allColumns(context, fact)
    drafts.set(fact.id, { fact, schema: place.schema, name, columns: draftColumns(context, columns), options: {} })
  }
  return drafts
}

function freeName(wanted: string, taken: Set<string>, folds: boolean): string {
  const key = (name: string): string => (folds ? name.toLowerCase() : name)
  let name = wanted
  for (let number = 2; taken.has(key(name)); number++) name = `${wanted}_${number}`
  taken.add(key(name))
  return name
}

function isPartition(context: PortContext, fact: Fact<'table'>): boolean {
  if (fact.payload.partitionOf === undefined) return false
  context.inquiry.tell('partition', fact, `its rows live in ${describeFact(fact.payload.partitionOf.table)}`)
  return true
}

function isPortable({ to, inquiry }: PortContext, fact: Fact<'table'>): boolean {
  const { partitionBy, options } = fact.payload
  if (options['virtual'] !== undefined) {
    inquiry.ask(fact, {
      rule: 'table',
      outcome: 'refused',
      message: `the virtual table is left out: ${String(options['virtual']).split('(')[0]?.trim() ?? ''}`,
      loss: 'virtual tables are made by modules of SQLite',
      group: 'virtual tables',
      answers: [LEAVE],
    })
    return false
  }
  if (partitionBy !== undefined)
    inquiry.ask(fact, {
      rule: 'partition',
      outcome: 'lossy',
      message: 'the table and its partitions become one table',
      loss: `the partitioning by ${partitionBy}; ${productOf(to)} partitions in another way or not at all`,
      group: 'partitions',
      answers: ['one table'],
    })
  return true
}

function allColumns(context: PortContext, fact: Fact<'table'>): readonly Fact<'column'>[] {
  const own = context.children(fact.id, 'column')
  const given = parentsOf(fact.payload).flatMap((parent) => {
    const found = context.source.facts.get(parent)
    return found?.kind === 'table' ? allColumns(context, found) : []
  })
  if (given.length === 0) return own
  context.inquiry.ask(fact, {
    rule: 'inheritance',
    outcome: 'lossy',
    message: 'the columns that it inherits become its own',
    loss: 'a query of the parent does not find its rows',
    group: 'inheritance',
    answers: ['own columns'],
  })
  const names = new Set(own.map(({ name }) => name))
  return [...given.filter(({ name }) => !names.has(name)), ...own]
}

function draftColumns(context: PortContext, columns: readonly Fact<'column'>[]): ColumnDraft[] {
  const { to, inquiry } = context
  const taken = new Set<string>()
  return columns.map((fact) => {
    const name = freeName(fact.name, taken, to.port.features.foldsNames)
    if (name !== fact.name)
      inquiry.tell('name', fact, `the column is called ${name}: names that differ in the case of letters are one name`)
    return {
      fact,
      name,
      source: undefined,
      type: undefined,
      sql: '',
      notNull: fact.payload.notNull,
      options: {},
      checks: [],
      preset: undefined,
    }
  })
}
