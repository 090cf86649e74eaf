import { inlineChildren, type Action, type Fact, type Reason, type Rule } from '@yama/schema'
import { quoteName, sameName } from '../text/names.ts'
import { action, reason, rebuild } from './action.ts'
import { renderTable } from './render-table.ts'

export const table: Rule<'table'> = (delta, context) => {
  switch (delta.change) {
    case 'add': {
      const { columns, constraints, produces } = inlineChildren(delta.to, context, () => true)
      const more = isVirtual(delta.to) ? { produces, weight: 18 } : { produces }
      return [action(renderTable({ table: delta.to, columns, constraints }), `create table ${delta.to.name}`, reason(delta), more)]
    }
    case 'drop': {
      const name = delta.from.name
      return [
        action(`DROP TABLE ${quoteName(name)}`, `drop table ${name}`, reason(delta), {
          destroys: [delta.id],
          loss: 'certain',
          loses: `table ${name} with its rows`,
          reversibility: 'lossy',
          ...(isVirtual(delta.from) ? { weight: 50 } : {}),
        }),
      ]
    }
    case 'rename': {
      const [from, to] = [delta.from.name, delta.to.name]
      // To SQLite, names that differ in case are one name, and taken.
      const stages = sameName(from, to) ? [from, `_yama_case_${to}`, to] : [from, to]
      return stages
        .slice(1)
        .map((stage, index) =>
          action(
            `ALTER TABLE ${quoteName(stages[index] ?? from)} RENAME TO ${quoteName(stage)}`,
            `rename table ${stages[index] ?? from} to ${stage}`,
            reason(delta),
          ),
        )
    }
    case 'alter': {
      const [from, to] = [delta.from.payload.options['virtual'], delta.to.payload.options['virtual']]
      if (from !== to) return remakeVirtual(delta.to, typeof from === 'string' ? from : '', { ...reason(delta), change: 'replace' })
      return delta.attributes.every((one) => one.attribute === 'comment')
        ? []
        : [rebuild(delta.id, `change options of table ${delta.to.name}`, reason(delta))]
    }
  }
}

/** A module may look at the tables that it is called with: they are made before it and dropped after it. */
const isVirtual = ({ payload }: Fact<'table'>): boolean => payload.options['virtual'] !== undefined

const EXTERNAL = /\bcontent\s*=\s*(?:'[^']+'|"[^"]+"|\w+)/i

/** A module has no ALTER: the table is made anew. An FTS index over another table is filled from there; what anything else held is gone. */
function remakeVirtual(table: Fact<'table'>, from: string, because: Reason): readonly Action[] {
  const to = String(table.payload.options['virtual'] ?? '')
  const name = quoteName(table.name)
  const fts = /^fts5\b/i
  const refilled = fts.test(from) && fts.test(to) && EXTERNAL.test(to)
  const loss = refilled
    ? {}
    : ({ loss: 'certain', loses: `what virtual table ${table.name} holds`, reversibility: 'lossy' } as const satisfies Partial<Action>)
  const create = renderTable({ table, columns: [], constraints: [] })
  // After the rebuild of the table that it reads; what names it finds it again and need not go for it.
  const step = (sql: string, title: string, more: Partial<Action> = {}): Action =>
    action(sql, title, because, { together: `remake ${table.id}`, weight: 18, ...more })
  return [
    step(`DROP TABLE ${name}`, `drop virtual table ${table.name}, which changes`, loss),
    step(create, `create virtual table ${table.name} anew`),
    ...(refilled ? [step(`INSERT INTO ${name} (${name}) VALUES ('rebuild')`, `fill virtual table ${table.name}`)] : []),
  ]
}
