import type { Fact, Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, LOCKS, reason } from './action.ts'
import { orReplace } from './or-replace.ts'
import { makeUnderSettings } from './under-settings.ts'

const wordOf = ({ payload }: Fact<'function'>): string => payload.type.toUpperCase()
const speak = (fact: Fact<'function'>): string => `${fact.payload.type} ${fact.payload.name}`
const dropOf = (fact: Fact<'function'>): string => `DROP ${wordOf(fact)} ${quoteName(fact.payload.name)}`

/** Functions, procedures and events. MariaDB replaces one in a statement; MySQL has none for that, and there is none of it for a moment. */
export const functionRule: Rule<'function'> = (delta, context) => {
  const made = makeUnderSettings(reason(delta))
  switch (delta.change) {
    case 'add':
      return made(delta.to, `create ${speak(delta.to)}`, { produces: [delta.id] })
    case 'drop':
      return [action(dropOf(delta.from), `drop ${speak(delta.from)}`, reason(delta), { destroys: [delta.id], lock: LOCKS.exclusive })]
    case 'rename':
      return [
        action(dropOf(delta.from), `drop ${speak(delta.from)}, which is renamed`, reason(delta)),
        ...made(delta.to, `create ${speak(delta.to)}, renamed from ${delta.from.payload.name}`),
      ]
    case 'alter':
      if (context.server.kind === 'mariadb' && delta.from.payload.type === delta.to.payload.type)
        return made(delta.to, `replace ${speak(delta.to)}`, {}, orReplace)
      return [
        action(dropOf(delta.from), `drop ${speak(delta.from)} as it was`, reason(delta)),
        ...made(delta.to, `create ${speak(delta.to)} as it is now`),
      ]
  }
}
