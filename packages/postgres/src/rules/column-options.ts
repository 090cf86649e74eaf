import type { Action, Fact, RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { spokenTable, tableOf } from './names.ts'

export const COLUMN_OPTIONS = ['storage', 'compression', 'statistics', 'attributes'] as const

type Options = Readonly<Record<string, string | boolean>>

/** Storage and statistics of a column: everything for which the server has no place in the column's definition. */
export function optionChanges(
  column: Fact<'column'>,
  change: 'add' | 'alter',
  from: Options,
  to: Options,
  context: RuleContext,
): readonly Action[] {
  const name = identifier(column.name)
  return COLUMN_OPTIONS.flatMap((option): readonly Action[] => {
    if (from[option] === to[option]) return []
    // Said in the definition already.
    if (change === 'add' && (option === 'compression' || (option === 'storage' && context.server.major >= 16))) return []
    const clauses = clausesOf(option, from[option], to[option], context)
    return clauses.map((clause) =>
      action(
        column,
        change,
        {
          sql: `ALTER TABLE ${tableOf(column)} ALTER COLUMN ${name} ${clause}`,
          title: `${option} of column ${column.name} of ${spokenTable(column)}`,
          lock: option === 'statistics' || option === 'attributes' ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE',
          consumes: [column.id],
        },
        changed(option, from[option], to[option]),
      ),
    )
  })
}

/** What `ALTER COLUMN` takes for it. */
export function clausesOf(
  option: (typeof COLUMN_OPTIONS)[number],
  from: string | boolean | undefined,
  to: string | boolean | undefined,
  context: RuleContext,
): readonly string[] {
  switch (option) {
    case 'storage':
      // Before 16 a type's own storage can only be named; almost every type that can be toasted has EXTENDED.
      return [`SET STORAGE ${to === undefined ? (context.server.major >= 16 ? 'DEFAULT' : 'EXTENDED') : String(to).toUpperCase()}`]
    case 'compression':
      return [`SET COMPRESSION ${to === undefined ? 'default' : String(to)}`]
    case 'statistics':
      return [`SET STATISTICS ${to === undefined ? '-1' : String(to)}`]
    case 'attributes': {
      const gone = namesOf(from).filter((name) => !namesOf(to).includes(name))
      return [...(to === undefined ? [] : [`SET (${String(to)})`]), ...(gone.length === 0 ? [] : [`RESET (${gone.join(', ')})`])]
    }
  }
}

const namesOf = (attributes: string | boolean | undefined): readonly string[] =>
  attributes === undefined
    ? []
    : String(attributes)
        .split(', ')
        .map((attribute) => attribute.split('=')[0] ?? '')
