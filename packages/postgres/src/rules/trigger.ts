import { ancestors, type Action, type Delta, type Rule, type RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { CLAUSES } from './firing.ts'
import { firingObject } from './firing-object.ts'
import { objectName } from './names.ts'

/** Partitions have what their table has, also after that is changed; where they shall be otherwise is said afterwards. */
function onPartitions(delta: Delta<'trigger'>, { after }: RuleContext): readonly Action[] {
  if (delta.change === 'drop' || delta.change === 'rename') return []
  const { to } = delta
  const stays = delta.change === 'alter' && delta.from.payload.enabled === to.payload.enabled
  const before = stays ? (delta.from.payload.partitions ?? {}) : {}
  const wanted = to.payload.partitions ?? {}
  return [...new Set([...Object.keys(before), ...Object.keys(wanted)])]
    .filter((table) => before[table] !== wanted[table] && ancestors(after, table).includes(to.parent ?? ''))
    .map((table) =>
      action(
        to,
        delta.change === 'add' ? 'add' : 'alter',
        {
          sql: `ALTER TABLE ONLY ${objectName(table)} ${CLAUSES[wanted[table] ?? to.payload.enabled ?? 'enabled']} TRIGGER ${identifier(to.name)}`,
          title: `when trigger ${to.name} fires on a partition`,
          lock: 'SHARE ROW EXCLUSIVE',
          consumes: [to.id, table],
        },
        changed('partitions', before[table], wanted[table]),
      ),
    )
}

export const triggerRule: Rule<'trigger'> = (delta, context) => [...firingObject(delta), ...onPartitions(delta, context)]
