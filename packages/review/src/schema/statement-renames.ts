import type { Effect, StatementEffects } from '@yama/core'
import { childrenOfKind, type AnyFact, type FactBase, type Rename } from '@yama/schema'
import { nameOf } from '../objects/touched-objects.ts'

/** A table under the name that it has at the moment. */
interface Followed {
  /** Its name before the change. */
  readonly original: string
  /** Present names of its columns, to those before. */
  readonly columns: Map<string, string>
}

/**
 * Tables and columns that the statements renamed, of those that are there before and after. Without them a diagram would show a renamed
 * table as one that is gone and one that is new.
 */
export function statementRenames(statements: readonly StatementEffects[], before: FactBase, after: FactBase): readonly Rename[] {
  const tables = new Map<string, Followed>()
  for (const { effects } of statements) follow(tables, effects)
  return [...tables].flatMap(([name, { original, columns }]) => {
    const [from, to] = [findTable(before, original), findTable(after, name)]
    if (from === undefined || to === undefined) return []
    const moved = from.id !== to.id && !before.facts.has(to.id) && !after.facts.has(from.id)
    const parts = [...columns].flatMap(([now, was]) => {
      const [old, present] = [findColumn(before, from, was), findColumn(after, to, now)]
      return old === undefined || present === undefined || old.name === present.name ? [] : [{ from: old.id, to: present.id }]
    })
    return moved || from.id === to.id ? [...(moved ? [{ from: from.id, to: to.id }] : []), ...parts] : []
  })
}

function follow(tables: Map<string, Followed>, effects: readonly Effect[]): void {
  const gone = effects.filter(({ access, facet }) => access === 'write' && (facet === 'name' || facet === 'exist'))
  const come = effects.filter(({ access, facet }) => access === 'add' && facet === 'exist')
  const [old, now] = [gone[0], come[0]]
  if (old === undefined || now === undefined || gone.length !== 1 || come.length !== 1) return
  if (!old.object.startsWith('relation:') || !now.object.startsWith('relation:')) return
  const [from, to] = [nameOf(old.object).toLowerCase(), nameOf(now.object).toLowerCase()]
  const table = tables.get(from) ?? { original: from, columns: new Map<string, string>() }
  if (old.member === undefined && now.member === undefined) {
    tables.delete(from)
    tables.set(to, table)
  } else if (from === to && old.member?.startsWith('column:') === true && now.member?.startsWith('column:') === true) {
    const [was, is] = [nameOf(old.member).toLowerCase(), nameOf(now.member).toLowerCase()]
    const original = table.columns.get(was) ?? was
    table.columns.delete(was)
    table.columns.set(is, original)
    tables.set(from, table)
  }
}

const findTable = (base: FactBase, name: string): AnyFact | undefined =>
  [...base.facts.values()].find((fact) => fact.kind === 'table' && fact.name.toLowerCase() === name)

const findColumn = (base: FactBase, table: AnyFact, name: string): AnyFact | undefined =>
  childrenOfKind(base, table.id, 'column').find((fact) => fact.name.toLowerCase() === name)
