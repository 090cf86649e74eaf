import type { Rename } from '../contract/delta.ts'
import { memberId, type MemberKind } from '../facts/fact-id.ts'
import type { AnyFact, FactBase, FactId, FactKind } from '../facts/fact.ts'
import { ancestors } from '../facts/own-or-inherited.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'
import { renameFacts } from './rename-facts.ts'

const isInheritable = (fact: AnyFact): boolean => fact.kind === 'column' || (fact.kind === 'constraint' && fact.payload.type === 'check')

const idOf = (kind: FactKind, table: FactId, name: string): FactId => {
  const { schema, name: own } = parseFactId(table)
  return memberId(kind as MemberKind, schema, own, name)
}

/** Columns and checks of partitions and children, which are called as those of their parents. */
export function inheritedRenames(before: FactBase, renames: readonly Rename[]): Rename[] {
  const names = new Map(
    renames.flatMap(({ from, to }) => {
      const fact = before.facts.get(from)
      return fact !== undefined && isInheritable(fact) ? [[from, parseFactId(to).name] as const] : []
    }),
  )
  if (names.size === 0) return []
  const tables = renameFacts(
    before,
    renames.filter(({ from }) => !names.has(from)),
  )
  return [...before.facts.values()].flatMap((fact): Rename[] => {
    if (!isInheritable(fact) || fact.parent === undefined || names.has(fact.id)) return []
    const above = ancestors(before, fact.parent).map((table) => idOf(fact.kind, table, fact.name))
    const name = above.map((id) => names.get(id)).find((each) => each !== undefined)
    return name === undefined ? [] : [{ from: fact.id, to: idOf(fact.kind, tables.id(fact.parent), name) }]
  })
}
