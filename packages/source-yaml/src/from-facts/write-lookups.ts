import { childrenOfKind, type FactBase } from '@yama/schema'
import type { EntityStore } from './entity-store.ts'
import type { Comparison } from './kept-statements.ts'

/** Lookup enums get the values that are rows of their table: those that stay keep their order, new ones follow. */
export function writeLookups(store: EntityStore, { statements }: Comparison, found: FactBase): void {
  for (const { by, facts, holds } of statements) {
    const stated = facts.find((fact) => fact.kind === 'rows')
    const table = stated === undefined ? undefined : found.facts.get(stated.parent ?? '')
    if (holds || by.path[0] !== 'enums' || table === undefined) continue
    const [rows] = childrenOfKind(found, table.id, 'rows')
    // An enum has values; a table that lost all of them is shown by `yama diff`.
    if (rows === undefined || rows.payload.values.length === 0) continue
    const document = store.touch(by.source.file, by.source.index)
    const path = [...by.path, 'values']
    const node = document.getIn(path)
    const written =
      typeof node === 'object' && node !== null && 'toJSON' in node && typeof node.toJSON === 'function' ? (node.toJSON() as unknown) : []
    const kept = Array.isArray(written) ? written.filter((value: unknown) => rows.payload.values.includes(String(value))) : []
    const values = [...kept.map(String), ...rows.payload.values.filter((value) => !kept.includes(value))]
    document.setIn(path, document.createNode(values, { flow: true }))
  }
}
