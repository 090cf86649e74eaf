import type { Fact, Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, reason } from './action.ts'

/** A view is made and dropped, never altered: a change comes as a drop and an add. */
export const view: Rule<'view'> = (delta, context) => {
  switch (delta.change) {
    case 'add':
      return [action(renderView(delta.to), `create view ${delta.to.name}`, reason(delta), { produces: [delta.id] })]
    case 'drop':
      return [action(`DROP VIEW ${quoteName(delta.from.name)}`, `drop view ${delta.from.name}`, reason(delta), { destroys: [delta.id] })]
    case 'rename':
      return [
        action(`DROP VIEW ${quoteName(delta.from.name)}`, `drop view ${delta.from.name}, which is renamed`, reason(delta)),
        action(renderView(delta.to), `create view ${delta.to.name}, renamed from ${delta.from.name}`, reason(delta)),
        ...context
          .children(delta.id, 'trigger', 'after')
          .map((one) => action(one.payload.definition, `create trigger ${one.name} again`, reason(delta))),
      ]
    case 'alter':
      return []
  }
}

function renderView({ name, payload }: Fact<'view'>): string {
  const columns = typeof payload.options['columns'] === 'string' ? ` (${payload.options['columns']})` : ''
  return `CREATE VIEW ${quoteName(name)}${columns} AS\n${payload.query}`
}
