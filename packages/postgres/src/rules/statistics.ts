import type { Action, Fact, Rule } from '@yama/schema'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spoken } from './names.ts'

function target(fact: Fact<'statistics'>, change: 'add' | 'alter', from: string | undefined): readonly Action[] {
  const to = fact.payload.target
  if (from === to) return []
  return [
    action(
      fact,
      change,
      {
        sql: `ALTER STATISTICS ${objectName(fact.id)} SET STATISTICS ${to ?? '-1'}`,
        title: `target of statistics ${spoken(fact)}`,
        lock: 'SHARE UPDATE EXCLUSIVE',
        consumes: [fact.id],
      },
      changed('target', from, to),
    ),
  ]
}

/** Another definition comes as a drop and an add. */
export const statisticsRule: Rule<'statistics'> = (delta) => {
  const name = `STATISTICS ${objectName(delta.id)}`
  switch (delta.change) {
    case 'add':
      return [
        action(delta.to, 'add', {
          sql: delta.to.payload.definition,
          title: `create statistics ${spoken(delta.to)}`,
          produces: [delta.id],
          lock: 'SHARE UPDATE EXCLUSIVE',
        }),
        ...target(delta.to, 'add', undefined),
        ...newComment(delta.to, name, delta.to.payload.comment),
      ]
    case 'drop':
      return [action(delta.from, 'drop', { sql: `DROP ${name}`, title: `drop statistics ${spoken(delta.from)}`, destroys: [delta.id] })]
    case 'alter':
      return [
        ...target(delta.to, 'alter', delta.from.payload.target),
        ...(delta.from.payload.comment === delta.to.payload.comment
          ? []
          : [commentOn(delta.to, 'alter', name, delta.from.payload.comment, delta.to.payload.comment)]),
      ]
    case 'rename':
      return []
  }
}
