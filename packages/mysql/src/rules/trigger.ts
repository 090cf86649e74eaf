import { parseFactId, type Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, LOCKS, reason } from './action.ts'
import { orReplace } from './or-replace.ts'
import { neighbourOf, placed, staysInPlace } from './trigger-order.ts'
import { makeUnderSettings } from './under-settings.ts'

/** Triggers go with their table, also to its new name. */
export const trigger: Rule<'trigger'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const table = parseFactId(fact.parent ?? '').name
  const drop = (name: string, title: string): ReturnType<typeof action> =>
    action(`DROP TRIGGER ${quoteName(name)}`, title, reason(delta), { lock: LOCKS.exclusive })
  const made = makeUnderSettings(reason(delta))
  switch (delta.change) {
    case 'add': {
      const to = placed(delta.to, context)
      return made(to, `create trigger ${fact.name} on ${table}`, { produces: [delta.id], consumes: neighbourOf(to), lock: LOCKS.exclusive })
    }
    case 'drop':
      return [{ ...drop(fact.name, `drop trigger ${fact.name} of ${table}`), destroys: [delta.id] }]
    case 'rename':
      if (delta.from.name === delta.to.name) return []
      return [
        drop(delta.from.name, `drop trigger ${delta.from.name} of ${table}, which is renamed`),
        ...made(placed(delta.to, context), `create trigger ${fact.name}, renamed from ${delta.from.name}`),
      ]
    case 'alter':
      if (staysInPlace(delta.from, delta.to, context)) return []
      if (context.server.kind === 'mariadb')
        return made(placed(delta.to, context), `replace trigger ${fact.name} on ${table}`, { lock: LOCKS.exclusive }, orReplace)
      return [
        drop(fact.name, `drop trigger ${fact.name} of ${table} as it was`),
        ...made(placed(delta.to, context), `create trigger ${fact.name} of ${table} as it is now`),
      ]
  }
}
