import { parseFactId, type Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, clause, LOCKS, reason } from './action.ts'
import { renderIndex } from './render-key.ts'
import { requireSupported } from './require-supported.ts'
import { visibility } from './visibility.ts'

export const index: Rule<'index'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const parent = fact.parent ?? ''
  const table = parseFactId(parent).name
  switch (delta.change) {
    case 'add':
      requireSupported(delta.to, context)
      return [
        clause(parent, `ADD ${renderIndex(delta.to)}`, `create index ${fact.name} on ${table}`, reason(delta), {
          produces: [delta.id],
          // Others may read while a full text or a spatial index is built, and not write.
          lock: delta.to.payload.method === 'btree' ? LOCKS.inplace : LOCKS.copy,
        }),
      ]
    case 'drop':
      return [
        clause(parent, `DROP KEY ${quoteName(fact.name)}`, `drop index ${fact.name} of ${table}`, reason(delta), { destroys: [delta.id] }),
      ]
    case 'rename':
      return delta.from.name === delta.to.name
        ? []
        : [
            action(
              `ALTER TABLE ${quoteName(table)} RENAME KEY ${quoteName(delta.from.name)} TO ${quoteName(delta.to.name)}`,
              `rename index ${delta.from.name} of ${table} to ${delta.to.name}`,
              reason(delta),
              { lock: LOCKS.instant },
            ),
          ]
    case 'alter':
      return [visibility(delta.from, delta.to, reason(delta))]
  }
}
