import { parseFactId, type Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, LOCKS, reason } from './action.ts'
import { orReplace } from './or-replace.ts'

/** Triggers go with their table, also to its new name. */
export const trigger: Rule<'trigger'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const table = parseFactId(fact.parent ?? '').name
  const drop = (name: string, title: string): ReturnType<typeof action> =>
    action(`DROP TRIGGER ${quoteName(name)}`, title, reason(delta), { lock: LOCKS.exclusive })
  switch (delta.change) {
    case 'add':
      return [
        action(delta.to.payload.definition, `create trigger ${fact.name} on ${table}`, reason(delta), {
          produces: [delta.id],
          lock: LOCKS.exclusive,
        }),
      ]
    case 'drop':
      return [{ ...drop(fact.name, `drop trigger ${fact.name} of ${table}`), destroys: [delta.id] }]
    case 'rename':
      if (delta.from.name === delta.to.name) return []
      return [
        drop(delta.from.name, `drop trigger ${delta.from.name} of ${table}, which is renamed`),
        action(delta.to.payload.definition, `create trigger ${fact.name}, renamed from ${delta.from.name}`, reason(delta)),
      ]
    case 'alter':
      if (context.server.kind === 'mariadb')
        return [
          action(orReplace(delta.to.payload.definition), `replace trigger ${fact.name} on ${table}`, reason(delta), {
            lock: LOCKS.exclusive,
          }),
        ]
      return [
        drop(fact.name, `drop trigger ${fact.name} of ${table} as it was`),
        action(delta.to.payload.definition, `create trigger ${fact.name} of ${table} as it is now`, reason(delta)),
      ]
  }
}
