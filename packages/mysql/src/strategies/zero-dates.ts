import type { FactBase, RuleContext, Strategy } from '@yama/schema'
import { withZeroDates } from '../rules/under-settings.ts'
import { quoteName } from '../text/names.ts'

/** `'0000-00-00'`, `'2010-00-00 00:00:00'`, `'2010-01-00'`. */
const ZEROS = /^'(?:0+-|\d+-0+-|\d+-\d+-0+(?!\d))/

const OF_A_TABLE = /^(?:SET STATEMENT [^`]* FOR )?(?:CREATE|ALTER) TABLE (`(?:[^`]|``)*`|[\w$]+)/

/** Tables with a date as a default which is none, as statements name them. */
function tablesWith(base: FactBase): readonly string[] {
  const found: string[] = []
  for (const { kind, parent, payload } of base.facts.values())
    if (kind === 'column' && payload.default !== undefined && ZEROS.test(payload.default)) {
      const table = base.facts.get(parent ?? '')
      if (table !== undefined) found.push(quoteName(table.name))
    }
  return found
}

/** Old tables have `DEFAULT '0000-00-00'`. A session as it is since MySQL 5.7 makes none and changes none, and so it is told otherwise for the statement. */
export const zeroDates: Strategy = {
  name: 'zero dates',
  apply: (actions, { before, after }: RuleContext) => {
    const tables = new Set([before, after].flatMap(tablesWith))
    if (tables.size === 0) return actions
    return actions.flatMap((one, at) => (tables.has(OF_A_TABLE.exec(one.sql)?.[1] ?? '') ? withZeroDates(one, at) : [one]))
  },
}
