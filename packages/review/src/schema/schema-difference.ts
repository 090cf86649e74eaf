import { difference, findRenames, renameFacts, type AnyDelta, type FactBase, type FactId, type Rename } from '@yama/schema'
import type { DiagramTable, SchemaDifference } from '../contract/review-document.ts'
import { shownFact } from '../objects/shown-fact.ts'
import { deltaLine } from './delta-line.ts'
import { diagramKeys } from './diagram-keys.ts'
import { diagramTable } from './diagram-table.ts'
import { mermaid } from './mermaid.ts'

/** Tables, columns and foreign keys that differ between two schemas, for a diagram; and every difference as a line. */
export function schemaDifference(from: FactBase, after: FactBase, known: readonly Rename[] = []): SchemaDifference {
  const { renames } = findRenames(from, after, known)
  const { base: before } = renameFacts(from, renames)
  const was = new Map(renames.map((rename) => [rename.to, from.facts.get(rename.from)?.name ?? rename.from]))
  const deltas = difference(before, after)
  const changed = changedTables(deltas, before, after, renames)
  const tables = changed.map((id) => diagramTable(id, before, after, was)).toSorted((a, b) => compare(a.name, b.name))
  const keys = changed.flatMap((id) => diagramKeys(id, before, after))
  const names = new Set(tables.map(({ name }) => name))
  const related = new Set(keys.filter(({ status, to }) => status !== 'same' && !names.has(to)).map(({ to }) => to))
  const shown = [...tables, ...[...related].toSorted(compare).map((name): DiagramTable => ({ name, status: 'same', columns: [] }))]
  const among = new Set(shown.map(({ name }) => name))
  const drawn = keys.filter(({ to }) => among.has(to))
  return { tables: shown, keys: drawn, lines: [...lines(deltas), ...renames.map(renameLine)], mermaid: mermaid(shown, drawn) }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const renameLine = ({ from, to }: Rename): string => `→ ${shownFact(from)} is now ${shownFact(to).replace(/^\S+ /, '')}`

function changedTables(deltas: readonly AnyDelta[], before: FactBase, after: FactBase, renames: readonly Rename[]): readonly FactId[] {
  const changed = new Set<FactId>()
  const add = (id: FactId | undefined): void => {
    const fact = id === undefined ? undefined : (after.facts.get(id) ?? before.facts.get(id))
    if (fact?.kind === 'table') changed.add(fact.id)
  }
  for (const delta of deltas) {
    const fact = delta.change === 'drop' ? delta.from : delta.to
    add(delta.kind === 'table' ? fact.id : delta.kind === 'column' || delta.kind === 'constraint' ? fact.parent : undefined)
  }
  for (const { to } of renames) {
    const fact = after.facts.get(to)
    add(fact?.kind === 'column' ? fact.parent : to)
  }
  return [...changed]
}

/** What the parts of a new table or one that is gone are, the table says. */
function lines(deltas: readonly AnyDelta[]): readonly string[] {
  const whole = new Set(deltas.filter(({ change, kind }) => change !== 'alter' && kind === 'table').map(({ id }) => id))
  return deltas
    .filter((delta) => {
      const { parent } = delta.change === 'drop' ? delta.from : delta.to
      return parent === undefined || !whole.has(parent)
    })
    .map(deltaLine)
}
