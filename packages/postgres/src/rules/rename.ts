import type { Action, AnyFact } from '@yama/schema'
import { identifier, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { spoken } from './names.ts'

/** `ALTER … SET SCHEMA` and `ALTER … RENAME TO`, as far as each is needed. */
export function renameObject(word: string, from: AnyFact, to: AnyFact): readonly Action[] {
  const actions: Action[] = []
  const shared = { lock: 'ACCESS EXCLUSIVE', title: `rename ${word.toLowerCase()} ${spoken(from)} to ${spoken(to)}` } as const
  if (from.schema !== to.schema) {
    actions.push(
      action(
        to,
        'rename',
        { ...shared, sql: `ALTER ${word} ${qualified(from.schema, from.name)} SET SCHEMA ${identifier(to.schema)}` },
        changed('schema', from.schema, to.schema),
      ),
    )
  }
  if (from.name !== to.name) {
    actions.push(
      action(
        to,
        'rename',
        { ...shared, sql: `ALTER ${word} ${qualified(to.schema, from.name)} RENAME TO ${identifier(to.name)}` },
        changed('name', from.name, to.name),
      ),
    )
  }
  return actions
}
