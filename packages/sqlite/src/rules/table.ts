import { inlineChildren, type Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
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
          destroys: [delta.id], loss: 'certain', loses: `table ${name} with its rows`, reversibility: 'lossy',
        }),
      ]
    }
    case 'rename':
      return [action(`ALTER TABLE ${quoteName(delta.from.name)} RENAME TO ${quoteName(delta.to.name)}`, `rename table ${delta.from.name} to ${delta.to.name}`, reason(delta))]
    case 'alter':
      return delta.attributes.every((one) => one.attribute === 'comment') ? [] : [rebuild(delta.id, `change options of table ${delta.to.name}`, reason(delta))]
  }
}
