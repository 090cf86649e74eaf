import type { Rule } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'

export const schemaRule: Rule<'schema'> = (delta) => {
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
