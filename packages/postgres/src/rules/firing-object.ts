import type { Action, Delta } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { firingChange } from './firing.ts'
import { spokenTable, tableOf } from './names.ts'

/** What fires on a table, a trigger or a rule. Another definition comes as a drop and an add. */
export function firingObject(delta: Delta<'trigger'> | Delta<'rule'>): readonly Action[] {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const target = `${fact.kind.toUpperCase()} ${identifier(fact.name)} ON ${tableOf(fact)}`
  switch (delta.change) {
    case 'add':
      return [
        action(delta.to, 'add', {
          sql: delta.to.payload.definition,
          title: `create ${delta.to.kind} ${delta.to.name} on ${spokenTable(delta.to)}`,
          produces: [delta.id],
          lock: 'SHARE ROW EXCLUSIVE',
        }),
        ...firingChange(delta.to, 'add', undefined),
        ...newComment(delta.to, target, delta.to.payload.comment),
      ]
    case 'drop':
      return [
        action(delta.from, 'drop', {
          sql: `DROP ${target}`,
          title: `drop ${delta.from.kind} ${delta.from.name} of ${spokenTable(delta.from)}`,
          destroys: [delta.id],
          lock: 'ACCESS EXCLUSIVE',
        }),
      ]
    case 'alter': {
      const { from, to } = delta
      return [
        ...firingChange(to, 'alter', from.payload.enabled),
        ...(from.payload.comment === to.payload.comment ? [] : [commentOn(to, 'alter', target, from.payload.comment, to.payload.comment)]),
      ]
    }
    case 'rename':
      return []
  }
}
