import type { Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, reason } from './action.ts'

/** A trigger is made and dropped, never altered: a change comes as a drop and an add. */
export const trigger: Rule<'trigger'> = (delta) => {
  switch (delta.change) {
    case 'add':
      return [action(delta.to.payload.definition, `create trigger ${delta.to.name}`, reason(delta), { produces: [delta.id] })]
    case 'drop':
      return [
        action(`DROP TRIGGER ${quoteName(delta.from.name)}`, `drop trigger ${delta.from.name}`, reason(delta), { destroys: [delta.id] }),
      ]
    case 'alter':
    case 'rename':
      return []
  }
}
