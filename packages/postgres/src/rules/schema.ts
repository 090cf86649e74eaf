import type { Action, Delta, Rule } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'

/** It is there anyhow; what comes and goes is another comment than the server's own. */
function publicSchema(delta: Delta<'schema'>): readonly Action[] {
  const standard = 'standard public schema'
  const comment = delta.change === 'drop' ? standard : delta.to.payload.comment
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const parts = delta.change === 'add' ? { produces: [fact.id] } : delta.change === 'drop' ? { destroys: [fact.id] } : {}
  return [{ ...commentOn(fact, 'alter', 'SCHEMA public', undefined, comment), consumes: [], ...parts }]
}

export const schemaRule: Rule<'schema'> = (delta) => {
  if (delta.id === 'schema:public' && delta.change !== 'rename') return publicSchema(delta)
  const name = identifier((delta.change === 'drop' ? delta.from : delta.to).name)
  const target = `SCHEMA ${name}`
  switch (delta.change) {
    case 'add':
      return [
        action(delta.to, 'add', { sql: `CREATE SCHEMA ${name}`, title: `create schema ${delta.to.name}`, produces: [delta.id] }),
        ...newComment(delta.to, target, delta.to.payload.comment),
      ]
    case 'drop':
      return [action(delta.from, 'drop', { sql: `DROP SCHEMA ${name}`, title: `drop schema ${delta.from.name}`, destroys: [delta.id] })]
    case 'alter':
      return [commentOn(delta.to, 'alter', target, delta.from.payload.comment, delta.to.payload.comment)]
    case 'rename':
      return [
        action(
          delta.to,
          'rename',
          {
            sql: `ALTER SCHEMA ${identifier(delta.from.name)} RENAME TO ${name}`,
            title: `rename schema ${delta.from.name} to ${delta.to.name}`,
          },
          changed('name', delta.from.name, delta.to.name),
        ),
      ]
  }
}
