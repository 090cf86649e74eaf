import { childrenOfKind, type ColumnPayload, type Fact, type FactBase, type FactId } from '@yama/schema'
import type { DiagramColumn, DiagramTable, PartStatus } from '../contract/review-document.ts'
import { maskUrls } from '../change/mask-secrets.ts'

/** A table's name for people: the schema is said where it is no default. */
export const tableName = (schema: string, name: string): string =>
  schema === '' || schema === 'public' || schema === 'main' ? name : `${schema}.${name}`

/** One table of a diagram. Of a table that stays only what differs is in it, and its keys. `was`: names before, by the id now. */
export function diagramTable(id: FactId, before: FactBase, after: FactBase, was: ReadonlyMap<FactId, string>): DiagramTable {
  const [old, now] = [before.facts.get(id), after.facts.get(id)]
  const fact = now ?? old
  const status: PartStatus = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
  const columns = columnsOf(id, before, after, was)
  const former = was.get(id)
  return {
    name: fact === undefined ? id : tableName(fact.schema, fact.name),
    status,
    ...(former === undefined ? {} : { was: former }),
    columns: status === 'changed' ? columns.filter((column) => column.status !== 'same' || column.primary || column.foreign) : columns,
  }
}

function columnsOf(id: FactId, before: FactBase, after: FactBase, was: ReadonlyMap<FactId, string>): readonly DiagramColumn[] {
  const [old, now] = [columnFacts(before, id), columnFacts(after, id)]
  const present = after.facts.has(id) ? after : before
  const [primary, foreign] = [keyed(present, id, 'primary'), keyed(present, id, 'foreign')]
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name): readonly DiagramColumn[] => {
    const [then, is] = [old.get(name), now.get(name)]
    const fact = is ?? then
    if (fact === undefined) return []
    const former = was.get(fact.id)
    const changes = [
      ...(former === undefined ? [] : [`was ${former}`]),
      ...(then === undefined || is === undefined ? [] : changesOf(then.payload, is.payload)),
    ]
    const status = then === undefined ? 'added' : is === undefined ? 'removed' : changes.length > 0 ? 'changed' : 'same'
    return [{ name, type: fact.payload.type, status, primary: primary.has(name), foreign: foreign.has(name), changes }]
  })
}

const columnFacts = (base: FactBase, id: FactId): ReadonlyMap<string, Fact<'column'>> =>
  new Map(childrenOfKind(base, id, 'column').map((fact) => [fact.name, fact]))

const keyed = (base: FactBase, id: FactId, type: 'primary' | 'foreign'): ReadonlySet<string> =>
  new Set(childrenOfKind(base, id, 'constraint').flatMap(({ payload }) => (payload.type === type ? payload.columns : [])))

const ATTRIBUTES: readonly (keyof ColumnPayload)[] = ['type', 'notNull', 'default', 'generated', 'identity', 'collation']

function changesOf(was: ColumnPayload, is: ColumnPayload): readonly string[] {
  return ATTRIBUTES.flatMap((attribute) => {
    const [from, to] = [shown(was[attribute]), shown(is[attribute])]
    return from === to ? [] : [`${attribute} ${from} → ${to}`]
  })
}

const shown = (value: unknown): string => maskUrls(value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value))
