import { childrenOfKind, objectId, type Fact, type FactBase, type FactId } from '@yama/schema'
import type { DiagramKey, PartStatus } from '../contract/review-document.ts'
import { tableName } from './diagram-table.ts'

/** The foreign keys of a table before and after. */
export function diagramKeys(id: FactId, before: FactBase, after: FactBase): readonly DiagramKey[] {
  const [old, now] = [foreignKeys(before, id), foreignKeys(after, id)]
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name): readonly DiagramKey[] => {
    const [was, is] = [old.get(name), now.get(name)]
    const fact = is ?? was
    const base = is === undefined ? before : after
    const target = fact?.payload.references
    const table = base.facts.get(id)
    if (fact === undefined || target === undefined || table === undefined) return []
    const to = base.facts.get(objectId('table', target.schema, target.table))
    return [
      {
        name,
        table: tableName(table.schema, table.name),
        columns: fact.payload.columns,
        to: to === undefined ? tableName(target.schema, target.table) : tableName(to.schema, to.name),
        toColumns: target.columns,
        status: statusOf(was, is),
        unique: isUnique(base, id, fact.payload.columns),
        required: isRequired(base, id, fact.payload.columns),
      },
    ]
  })
}

const foreignKeys = (base: FactBase, id: FactId): ReadonlyMap<string, Fact<'constraint'>> =>
  new Map(
    childrenOfKind(base, id, 'constraint')
      .filter(({ payload }) => payload.type === 'foreign')
      .map((fact) => [fact.name, fact]),
  )

function statusOf(was: Fact<'constraint'> | undefined, is: Fact<'constraint'> | undefined): PartStatus {
  if (was === undefined) return 'added'
  if (is === undefined) return 'removed'
  return JSON.stringify(was.payload) === JSON.stringify(is.payload) ? 'same' : 'changed'
}

const isUnique = (base: FactBase, id: FactId, columns: readonly string[]): boolean =>
  childrenOfKind(base, id, 'constraint').some(
    ({ payload }) =>
      (payload.type === 'primary' || payload.type === 'unique') &&
      payload.columns.length > 0 &&
      payload.columns.every((column) => columns.includes(column)),
  )

function isRequired(base: FactBase, id: FactId, columns: readonly string[]): boolean {
  const facts = childrenOfKind(base, id, 'column')
  return columns.every((column) => facts.some(({ name, payload }) => name === column && payload.notNull))
}
