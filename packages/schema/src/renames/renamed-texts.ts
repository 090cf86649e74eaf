import { childrenOfKind } from '../facts/base-index.ts'
import type { Fact, FactBase } from '../facts/fact.ts'
import { renamedNames, type RenamedText } from './renamed-names.ts'

/**
 * The values of a text column that get another name, as `renamedValues` declares them: forwards where the new state does, backwards where
 * the old state did. The checks over just this column tell which values it takes, so a declaration that was carried out already says nothing.
 */
export function renamedTexts(
  column: Fact<'column'>,
  states: { readonly before: FactBase; readonly after: FactBase },
): readonly RenamedText[] {
  const [from, to] = [states.before.facts.get(column.id), states.after.facts.get(column.id)]
  if (from?.renamedValues === undefined && to?.renamedValues === undefined) return []
  return renamedNames(from, to, accepted(column, states.before), accepted(column, states.after))
}

/** The texts in the checks over one column and no other. */
function accepted({ parent = '', name }: Fact<'column'>, base: FactBase): ReadonlySet<string> {
  const checks = childrenOfKind(base, parent, 'constraint').filter(
    ({ payload }) => payload.type === 'check' && payload.columns.length === 1 && payload.columns[0] === name,
  )
  return new Set(
    checks.flatMap(({ payload }) =>
      [...(payload.expression ?? '').matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'")),
    ),
  )
}
