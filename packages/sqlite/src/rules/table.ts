import { inlineChildren, type Rule } from '@yama/schema'
import { quoteName, sameName } from '../text/names.ts'
import { action, reason, rebuild } from './action.ts'
import { renderTable } from './render-table.ts'

export const table: Rule<'table'> = (delta, context) => {
  switch (delta.change) {
    case 'add': {
      const { columns, constraints, produces } = inlineChildren(delta.to, context, () => true)
      return [action(renderTable({ table: delta.to, columns, constraints }), `create table ${delta.to.name}`, reason(delta), { produces })]
    }
    case 'drop': {
      const name = delta.from.name
      return [
        action(`DROP TABLE ${quoteName(name)}`, `drop table ${name}`, reason(delta), {
          destroys: [delta.id],
          loss: 'certain',
          loses: `table ${name} with its rows`,
          reversibility: 'lossy',
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
    case 'alter':
      return delta.attributes.every((one) => one.attribute === 'comment')
        ? []
        : [rebuild(delta.id, `change options of table ${delta.to.name}`, reason(delta))]
  }
}
