import type { Delta } from '../contract/delta.ts'
import type { RuleContext } from '../contract/schema-dialect.ts'
import type { Fact, FactId } from '../facts/fact.ts'
import { renamedNames } from '../renames/renamed-names.ts'

/** What happens to the rows of a lookup table, in the order in which it has to. */
export interface RowChanges {
  readonly added: readonly string[]
  /** Rows of other tables get the new name of their value between the two. */
  readonly moved: readonly { readonly table: FactId; readonly column: string; readonly old: string; readonly value: string }[]
  readonly removed: readonly string[]
  /** True where the table is made by the same change: it has no rows of its own. */
  readonly fresh: boolean
}

/** Compares the rows that two states want. A rename of the table is none of the rows. */
export function rowChanges(delta: Delta<'rows'>, context: RuleContext): RowChanges {
  const [from, to] = [delta.change === 'add' ? undefined : delta.from, delta.change === 'drop' ? undefined : delta.to]
  const before = new Set(from?.payload.values)
  const after = new Set(to?.payload.values)
  const renamed = renamedNames(from, to, before, after)
  const users = usersOf(delta.id, context)
  return {
    added: [...after].filter((value) => !before.has(value)),
    moved: renamed.flatMap((one) => users.map((user) => ({ ...user, ...one }))),
    removed: [...before].filter((value) => !after.has(value)),
    fresh: context.isAdded((to ?? from)?.parent ?? ''),
  }
}

/** Columns whose foreign key to the table is there before and after. */
function usersOf(rows: FactId, { before, after, dependents }: RuleContext): readonly { readonly table: FactId; readonly column: string }[] {
  return dependents(rows, 'after').flatMap((id) => {
    const fact = after.facts.get(id)
    if (fact?.kind !== 'constraint' || fact.payload.type !== 'foreign' || !before.facts.has(id)) return []
    const [column] = (fact as Fact<'constraint'>).payload.columns
    return column === undefined || fact.parent === undefined ? [] : [{ table: fact.parent, column }]
  })
}
