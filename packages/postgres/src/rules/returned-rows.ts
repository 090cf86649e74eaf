import type { Fact, FactId, RuleContext } from '@yama/schema'
import { objectName } from './names.ts'

/**
 * Columns that go from the table whose rows a function gives back. A body in standard SQL is tried when it is made: it can neither be put in place
 * while they are there nor keep them from going.
 */
export function columnsReturnedNoMore({ payload, dependsOn }: Fact<'function'>, context: RuleContext): readonly FactId[] {
  if (!/\bBEGIN ATOMIC\b/.test(payload.definition)) return []
  const tables = new Set(dependsOn.map((id) => context.before.facts.get(id)?.parent ?? ''))
  return [...tables]
    .filter(
      (id) => id.startsWith('table:') && [' ', ' SETOF '].some((word) => payload.definition.includes(` RETURNS${word}${objectName(id)}\n`)),
    )
    .flatMap((id) => context.children(id, 'column', 'before').flatMap((column) => (context.isDropped(column.id) ? [column.id] : [])))
}
