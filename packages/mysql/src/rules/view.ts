import type { Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, LOCKS, reason } from './action.ts'
import { followRename } from './follow-rename.ts'
import { renderView } from './render-view.ts'
import { requireSupported } from './require-supported.ts'

export const view: Rule<'view'> = (delta, context) => {
  switch (delta.change) {
    case 'add':
      requireSupported(delta.to, context)
      return [action(renderView(delta.to, false), `create view ${delta.to.name}`, reason(delta), { produces: [delta.id] })]
    case 'drop':
      return [
        action(`DROP VIEW ${quoteName(delta.from.name)}`, `drop view ${delta.from.name}`, reason(delta), {
          destroys: [delta.id],
          lock: LOCKS.exclusive,
        }),
      ]
    case 'rename':
      return [
        action(
          `RENAME TABLE ${quoteName(delta.from.name)} TO ${quoteName(delta.to.name)}`,
          `rename view ${delta.from.name} to ${delta.to.name}`,
          reason(delta),
          { lock: LOCKS.instant },
        ),
        ...followRename(delta.from, delta.to, context),
      ]
    case 'alter':
      return [action(renderView(delta.to, true), `replace view ${delta.to.name}`, reason(delta), { lock: LOCKS.exclusive })]
  }
}
