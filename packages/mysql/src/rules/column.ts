import { parseFactId, type Action, type Fact, type Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { clause, LOCKS, reason } from './action.ts'
import { mayLose, rewrites } from './column-type.ts'
import { fillColumn, isUnrepeatable } from './fill-column.ts'
import { followRename } from './follow-rename.ts'
import { placeOf } from './place-of.ts'
import { renameColumn } from './rename-column.ts'
import { renderColumn } from './render-column.ts'
import { requireSupported } from './require-supported.ts'
import { comesWithEngine } from './versioning.ts'

export const column: Rule<'column'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const parent = fact.parent ?? ''
  const table = parseFactId(parent).name
  switch (delta.change) {
    case 'add': {
      requireSupported(delta.to, context)
      if (isUnrepeatable(delta.to, context)) return fillColumn(delta.to, reason(delta), context)
      const stored = fact.payload.generated?.stored === true || fact.payload.identity !== undefined
      return [
        clause(
          parent,
          `ADD COLUMN ${renderColumn(delta.to)}${placeOf(delta.to, context)}`,
          `add column ${fact.name} to ${table}`,
          reason(delta),
          { produces: [delta.id], lock: stored ? LOCKS.copy : LOCKS.instant, rewrite: stored },
        ),
      ]
    }
    case 'drop': {
      const loss: Partial<Action> =
        fact.payload.generated === undefined
          ? { loss: 'certain', loses: `column ${fact.name} of ${table} with its values`, reversibility: 'lossy' }
          : {}
      return [
        clause(parent, `DROP COLUMN ${quoteName(fact.name)}`, `drop column ${fact.name} of ${table}`, reason(delta), {
          destroys: [delta.id],
          ...loss,
        }),
      ]
    }
    case 'rename':
      return delta.from.name === delta.to.name
        ? []
        : [...renameColumn(delta.from, delta.to, reason(delta), context), ...followRename(delta.from, delta.to, context)]
    case 'alter':
      requireSupported(delta.to, context)
      return comesWithEngine(delta.to, context) ? [] : [modify(delta.from, delta.to, table, delta)]
  }
}

/** MODIFY states the whole column: what is not said in it is taken away. */
function modify(from: Fact<'column'>, to: Fact<'column'>, table: string, delta: Parameters<typeof column>[0]): Action {
  const what = delta.change === 'alter' ? delta.attributes.map(({ attribute }) => attribute).join(', ') : ''
  const retyped = from.payload.type !== to.payload.type || from.payload.collation !== to.payload.collation
  const rewrite =
    (retyped && rewrites(from.payload.type, to.payload.type)) ||
    from.payload.notNull !== to.payload.notNull ||
    from.payload.collation !== to.payload.collation
  const loss: Partial<Action> =
    retyped && mayLose(from.payload, to.payload)
      ? {
          loss: 'possible',
          loses: `values of column ${to.name} of ${table} that do not fit ${to.payload.type}`,
          reversibility: 'lossy',
        }
      : {}
  return clause(to.parent ?? '', `MODIFY COLUMN ${renderColumn(to)}`, `change ${what} of column ${to.name} of ${table}`, reason(delta), {
    rewrite,
    lock: retyped && rewrite ? LOCKS.copy : rewrite ? LOCKS.inplace : LOCKS.instant,
    ...loss,
  })
}
