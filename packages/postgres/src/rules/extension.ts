import type { Action, Rule } from '@yama/schema'
import { identifier, literal } from '../types/quoted.ts'
import { action, changed } from './action.ts'

/**
 * Hosts often install extensions beforehand, so one that is there already is no mistake. An extension has no other name. A version that entities no longer
 * state stays as it is.
 */
export const extensionRule: Rule<'extension'> = (delta) => {
  const name = identifier((delta.change === 'drop' ? delta.from : delta.to).name)
  switch (delta.change) {
    case 'add': {
      const { schema, version } = delta.to.payload
      return [
        action(delta.to, 'add', {
          sql: `CREATE EXTENSION IF NOT EXISTS ${name} WITH SCHEMA ${identifier(schema)}${version === undefined ? '' : ` VERSION ${literal(version)}`}`,
          title: `create extension ${delta.to.name}`,
          produces: [delta.id],
        }),
      ]
    }
    case 'drop':
      return [
        action(delta.from, 'drop', {
          sql: `DROP EXTENSION ${name}`,
          title: `drop extension ${delta.from.name}`,
          destroys: [delta.id],
          lock: 'ACCESS EXCLUSIVE',
        }),
      ]
    case 'alter': {
      const [from, to] = [delta.from.payload, delta.to.payload]
      const actions: Action[] = []
      if (from.schema !== to.schema)
        actions.push(
          action(
            delta.to,
            'alter',
            {
              sql: `ALTER EXTENSION ${name} SET SCHEMA ${identifier(to.schema)}`,
              title: `move extension ${delta.to.name} to ${to.schema}`,
            },
            changed('schema', from.schema, to.schema),
          ),
        )
      if (to.version !== undefined && from.version !== to.version)
        actions.push(
          action(
            delta.to,
            'alter',
            {
              sql: `ALTER EXTENSION ${name} UPDATE TO ${literal(to.version)}`,
              title: `update extension ${delta.to.name} to ${to.version}`,
              lock: 'ACCESS EXCLUSIVE',
              // Its scripts lead to later versions, and hardly ever back.
              reversibility: 'irreversible',
            },
            changed('version', from.version, to.version),
          ),
        )
      return actions
    }
    case 'rename':
      return []
  }
}
