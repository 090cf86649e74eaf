import type { Action, Fact, Rule } from '@yama/schema'
import { identifier, literal } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'

const CLAUSES = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' } as const

function firing(fact: Fact<'eventTrigger'>, change: 'add' | 'alter', from: keyof typeof CLAUSES | undefined): readonly Action[] {
  const to = fact.payload.enabled
  if (from === to) return []
  const sql = `ALTER EVENT TRIGGER ${identifier(fact.name)} ${to === undefined ? 'ENABLE' : CLAUSES[to]}`
  return [action(fact, change, { sql, title: `when event trigger ${fact.name} fires`, consumes: [fact.id] }, changed('enabled', from, to))]
}

/** Another event, function or list of commands comes as a drop and an add. */
export const eventTriggerRule: Rule<'eventTrigger'> = (delta) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const target = `EVENT TRIGGER ${identifier(fact.name)}`
  switch (delta.change) {
    case 'add': {
      const { event, tags, function: called, comment } = delta.to.payload
      const when = tags.length === 0 ? '' : ` WHEN TAG IN (${tags.map(literal).join(', ')})`
      return [
        action(delta.to, 'add', {
          sql: `CREATE ${target} ON ${event}${when} EXECUTE FUNCTION ${called}()`,
          title: `create event trigger ${fact.name}`,
          produces: [delta.id],
        }),
        ...firing(delta.to, 'add', undefined),
        ...newComment(delta.to, target, comment),
      ]
    }
    case 'drop':
      return [action(delta.from, 'drop', { sql: `DROP ${target}`, title: `drop event trigger ${fact.name}`, destroys: [delta.id] })]
    case 'alter': {
      const { from, to } = delta
      return [
        ...firing(to, 'alter', from.payload.enabled),
        ...(from.payload.comment === to.payload.comment ? [] : [commentOn(to, 'alter', target, from.payload.comment, to.payload.comment)]),
      ]
    }
    case 'rename':
      return []
  }
}
