import type { ConstraintPayload } from '@yama/schema'
import { sha256Hex } from '@yama/core'

/**
 * The name of a constraint that its source does not name: made from what it says, without the table, so that renaming the
 * table changes nothing. A constraint with exactly this name is written without one.
 */
export function derivedName(type: ConstraintPayload['type'], columns: readonly string[], expression = ''): string {
  switch (type) {
    case 'primary':
      return 'primary_key'
    case 'unique':
      return `unique_${columns.join('_')}`
    case 'foreign':
      return `foreign_${columns.join('_')}`
    case 'check':
    case 'exclusion':
      return `check_${sha256Hex(expression).slice(0, 8)}`
  }
}

/** True where the constraint is written without a name. */
export function isUnnamed(name: string, payload: ConstraintPayload): boolean {
  const derived = derivedName(payload.type, payload.columns, payload.expression)
  return !payload.named || name === derived || (name.startsWith(`${derived}_`) && /^\d+$/.test(name.slice(derived.length + 1)))
}
