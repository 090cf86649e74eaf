import type { Fact, RuleContext } from '@yama/schema'
import { quoteName } from '../text/names.ts'

/** `AFTER a`, where the column does not come last. */
export function placeOf(fact: Fact<'column'>, { children }: RuleContext): string {
  const columns = children(fact.parent ?? '', 'column', 'after')
  const at = columns.findIndex(({ id }) => id === fact.id)
  if (at === columns.length - 1) return ''
  return at === 0 ? ' FIRST' : ` AFTER ${quoteName(columns[at - 1]?.name ?? '')}`
}
