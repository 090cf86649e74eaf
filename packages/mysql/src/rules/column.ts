import { parseFactId, sameValue, type Action, type ColumnPayload, type Fact, type Rule, type RuleContext } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { clause, LOCKS, reason } from './action.ts'
import { mayLose, rewrites } from './column-type.ts'
import { dropDefaultOnly, dropDefaults, hasNoDefault } from './drop-default.ts'
import { fillColumn, isUnrepeatable } from './fill-column.ts'
import { followRename } from './follow-rename.ts'
import { placeOf } from './place-of.ts'
import { renameColumn } from './rename-column.ts'
import { renderColumn } from './render-column.ts'
import { requireSupported } from './require-supported.ts'
import { isText } from './table.ts'
import { changeWithVersions, comesWithVersions } from './versioning.ts'

type Stored = Pick<ColumnPayload, 'type' | 'notNull' | 'collation'>

export const column: Rule<'column'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const parent = fact.parent ?? ''
  const table = parseFactId(parent).name
  if (delta.change !== 'rename' && comesWithVersions(fact, context)) {
    const set = (sql: string, what: string, more?: Partial<Action>): Action =>
      clause(parent, sql, `change ${what} of table ${table}`, reason(delta), more)
    return delta.change === 'alter' ? changeWithVersions(fact, set, context) : []
  }
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
        ...dropDefaults([delta.to], reason(delta)),
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
      if (losesDefaultOnly(delta.from, delta.to)) return [dropDefaultOnly(delta.to, reason(delta))]
      return [
        modify(collated(delta.from, context, 'before'), delta.to, collated(delta.to, context, 'after'), table, delta),
        ...dropDefaults([delta.to], reason(delta)),
      ]
  }
}

function losesDefaultOnly(from: Fact<'column'>, to: Fact<'column'>): boolean {
  const others = ({ payload: { default: _, ...payload } }: Fact<'column'>): unknown => ({
    ...payload,
    options: { ...payload.options, noDefault: true },
  })
  return hasNoDefault(to) && sameValue(others(from), others(to))
}

/** What it stores, and with which collation: its own or that of its table. */
function collated({ payload, parent = '' }: Fact<'column'>, context: RuleContext, base: 'before' | 'after'): Stored {
  const { type, notNull, collation } = payload
  const table = context[base].facts.get(parent)
  const own = table?.kind === 'table' && isText({ payload }) ? table.payload.options['collation'] : undefined
  return { type, notNull, ...(collation === undefined && typeof own !== 'string' ? {} : { collation: collation ?? String(own) }) }
}

/** MODIFY states the whole column: what is not said in it is taken away. */
function modify(from: Stored, to: Fact<'column'>, now: Stored, table: string, delta: Parameters<typeof column>[0]): Action {
  const what = delta.change === 'alter' ? delta.attributes.map(({ attribute }) => attribute).join(', ') : ''
  const retyped = from.type !== now.type || from.collation !== now.collation
  const rewrite = (retyped && rewrites(from.type, now.type)) || from.notNull !== now.notNull || from.collation !== now.collation
  const loss: Partial<Action> =
    retyped && mayLose(from, now)
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
