import type { Action, Fact } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { spokenTable, tableOf } from './names.ts'

export const CLAUSES = { enabled: 'ENABLE', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' } as const

/** When a trigger or rule fires; nothing where it fires as usual and always did. */
export function firingChange(
  fact: Fact<'trigger'> | Fact<'rule'>,
  change: 'add' | 'alter',
  from: Fact<'trigger'>['payload']['enabled'],
): readonly Action[] {
  const to = fact.payload.enabled
  if (from === to) return []
  const word = fact.kind === 'trigger' ? 'TRIGGER' : 'RULE'
  return [
    action(
      fact,
      change,
      {
        sql: `ALTER TABLE ${tableOf(fact)} ${CLAUSES[to ?? 'enabled']} ${word} ${identifier(fact.name)}`,
        title: `when ${fact.kind} ${fact.name} of ${spokenTable(fact)} fires`,
        lock: 'SHARE ROW EXCLUSIVE',
        consumes: [fact.id],
      },
      changed('enabled', from, to),
    ),
  ]
}
