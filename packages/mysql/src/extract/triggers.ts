import { memberId, type Fact } from '@yama/schema'
import type { UsualSettings } from '../dialect/server-info.ts'
import { backticked } from '../text/names.ts'
import { readUnder } from '../text/read-under.ts'
import type { TriggerRow } from './catalogue.ts'
import { madeUnder } from './made-under.ts'
import { mentionedObjects, type ObjectNames } from './views.ts'

/** Triggers, each with the one that it follows: several of one table, time and event run in an order. */
export function triggerFacts(
  rows: readonly TriggerRow[],
  objects: ObjectNames,
  usual: UsualSettings | undefined,
): readonly Fact<'trigger'>[] {
  const last = new Map<string, string>()
  return rows.flatMap((row): readonly Fact<'trigger'>[] => {
    const table = objects.get(row.table)
    if (table === undefined) return []
    const group = `${row.table}\0${row.timing}\0${row.event}`
    const before = last.get(group)
    last.set(group, row.name)
    const under = madeUnder(row, usual)
    const follows = before === undefined ? '' : ` FOLLOWS ${backticked(before)}`
    return [
      {
        kind: 'trigger',
        id: memberId('trigger', '', row.table, row.name),
        schema: '',
        name: row.name,
        parent: table.id,
        payload: {
          definition: `CREATE TRIGGER ${backticked(row.name)} ${row.timing} ${row.event} ON ${backticked(row.table)} FOR EACH ROW${follows}\n${row.body}`,
          ...under,
        },
        dependsOn: [
          ...mentionedObjects(readUnder(under.sqlMode, row.body), objects, row.table).filter((id) => id.startsWith('table:')),
          ...(before === undefined ? [] : [memberId('trigger', '', row.table, before)]),
        ],
      },
    ]
  })
}
