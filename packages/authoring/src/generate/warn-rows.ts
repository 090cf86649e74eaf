import { toDiagnostic, type Diagnostic } from '@yama/core'
import { describeFact, type AnyDelta } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'

/** What a change asks of rows that may be there: a new column without a value for them, which the database refuses where there are any. */
export function warnRows(deltas: readonly AnyDelta[]): readonly Diagnostic[] {
  const added = new Set(deltas.filter(({ change }) => change === 'add').map(({ id }) => id))
  return deltas.flatMap((delta): readonly Diagnostic[] => {
    if (delta.change !== 'add' || delta.kind !== 'column' || added.has(delta.to.parent ?? '')) return []
    const { notNull, default: preset, generated, identity } = delta.to.payload
    if (!notNull || preset !== undefined || generated !== undefined || identity !== undefined) return []
    const context = delta.to.origin === undefined ? {} : { position: delta.to.origin }
    return [toDiagnostic(authoringErrors.YAMA_COLUMN_NEEDS_VALUE({ column: describeFact(delta.id) }, context), 'warning')]
  })
}
