import type { Rule } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'

/** Hosts often install extensions beforehand, so one that is there already is no mistake. An extension has no other name. */
export const extensionRule: Rule<'extension'> = (delta) => {
  const name = identifier((delta.change === 'drop' ? delta.from : delta.to).name)
  switch (delta.change) {
    case 'add':
      return [
        action(delta.to, 'add', {
          sql: `CREATE EXTENSION IF NOT EXISTS ${name} WITH SCHEMA ${identifier(delta.to.payload.schema)}`,
          title: `create extension ${delta.to.name}`,
          produces: [delta.id],
        }),
      ]
    case 'drop':
      return [
        action(delta.from, 'drop', {
          sql: `DROP EXTENSION ${name}`,
          title: `drop extension ${delta.from.name}`,
          destroys: [delta.id],
          lock: 'ACCESS EXCLUSIVE',
        }),
      ]
    case 'alter':
      return [
        action(
          delta.to,
          'alter',
          {
            sql: `ALTER EXTENSION ${name} SET SCHEMA ${identifier(delta.to.payload.schema)}`,
            title: `move extension ${delta.to.name} to ${delta.to.payload.schema}`,
          },
          changed('schema', delta.from.payload.schema, delta.to.payload.schema),
        ),
      ]
    case 'rename':
      return []
  }
}
