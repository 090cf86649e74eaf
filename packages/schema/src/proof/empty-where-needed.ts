import type { ChangePlan } from '../contract/change-plan.ts'
import type { ProofRequest, SeededTable } from '../contract/proof.ts'
import { childrenOfKind } from '../facts/base-index.ts'
import { describeFact } from '../facts/describe-fact.ts'
import { memberId, objectId } from '../facts/fact-id.ts'
import type { Fact, FactBase, FactId } from '../facts/fact.ts'
import { tableName } from './sql-text.ts'

/**
 * A Down that cannot bring columns back for rows that are there needs empty tables: what was in them is gone for good, and the plan says so. So does
 * one that makes a table or a column anew to which rows that stayed refer.
 */
export async function emptyWhereNeeded(
  { before, after, dialect, scratch, down }: ProofRequest,
  tables: readonly SeededTable[],
  moved: (id: FactId) => FactId,
): Promise<string | undefined> {
  const gone = [...before.facts.values()].filter(
    (fact): fact is Fact<'column'> =>
      fact.kind === 'column' &&
      fact.payload.identity === undefined &&
      fact.payload.generated === undefined &&
      !after.facts.has(moved(fact.id)) &&
      after.facts.has(moved(fact.parent ?? '')),
  )
  const withoutValue = gone.filter(({ payload }) => payload.notNull && payload.default === undefined)
  // Every row gets the one value of the default.
  const sameValue = gone.filter((column) => column.payload.default !== undefined && isUnique(column, before))
  const columns = addsSomething(down) ? [withoutValue.length, sameValue.length] : [0, 0]
  const parents = down === undefined ? [] : goneParents(before, after, moved)
  if (columns.every((count) => count === 0) && parents.length === 0) return undefined
  const names = tables.toReversed().flatMap(({ table }) => {
    const now = after.facts.get(moved(table))
    // An index over the words of another table takes no part, and forgets only what is still in that table.
    return now?.kind !== 'table' || now.payload.options['virtual'] !== undefined ? [] : [tableName(now, dialect)]
  })
  if (dialect.emptyTables !== undefined) await dialect.emptyTables(scratch.connection, names)
  else for (const name of names) await scratch.connection.execute(`DELETE FROM ${name}`)
  const reasons = [
    ...(columns[0] === 0 ? [] : [`it adds ${describeAll(withoutValue)} as NOT NULL without a default`]),
    ...(columns[1] === 0 ? [] : [`it adds ${describeAll(sameValue)} as unique with one default for every row`]),
    ...(parents.length === 0 ? [] : [`it makes ${parents.map(describeFact).join(', ')} anew, without the values that others refer to`]),
  ]
  return `Down was proved on empty tables, because ${reasons.join(' and ')}.`
}

/** Tables, and columns of tables that stay, which are not there after Up, while rows stay that refer to them before it. */
function goneParents(before: FactBase, after: FactBase, moved: (id: FactId) => FactId): readonly FactId[] {
  const found = new Set<FactId>()
  for (const fact of before.facts.values()) {
    if (fact.kind !== 'constraint' || fact.payload.references === undefined || fact.parent === undefined) continue
    // No row was put below one that points elsewhere afterwards, or to nothing.
    if (after.facts.has(moved(fact.id))) continue
    const { schema, table, columns } = fact.payload.references
    const target = objectId('table', schema, table)
    const owner = before.facts.get(fact.parent)
    const stays = fact.payload.columns.every((name) => after.facts.has(moved(memberId('column', fact.schema, owner?.name ?? '', name))))
    if (!stays || !before.facts.has(target)) continue
    const parts = after.facts.has(moved(target)) ? columns.map((name) => memberId('column', schema, table, name)) : [target]
    for (const part of parts) if (before.facts.has(part) && !after.facts.has(moved(part))) found.add(part)
  }
  return [...found]
}

const describeAll = (columns: readonly Fact<'column'>[]): string => columns.map(({ id }) => describeFact(id)).join(', ')

function isUnique({ parent = '', name }: Fact<'column'>, base: FactBase): boolean {
  return (
    childrenOfKind(base, parent, 'constraint').some(
      ({ payload }) => (payload.type === 'unique' || payload.type === 'primary') && payload.columns.includes(name),
    ) || childrenOfKind(base, parent, 'index').some(({ payload }) => payload.unique && payload.keys.some((key) => key.column === name))
  )
}

function addsSomething(plan: ChangePlan | undefined): boolean {
  return plan?.deltas.some((delta) => delta.change === 'add' && delta.kind === 'column') ?? false
}
