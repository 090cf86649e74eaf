import type { Action, Fact, Reason } from '@yama/schema'
import { literal } from '../dialect/statements/quoted.ts'
import { KEY_CHECKS, SAVED_COLLATION, SAVED_KEYS, SAVED_MODE, SAVED_ZONE } from '../dialect/statements/session-settings.ts'
import { readUnder } from '../text/read-under.ts'
import { action } from './action.ts'

/**
 * What makes a routine or trigger, between the setting of what it is made under and taking that back: the server keeps `sql_mode` and the collation of
 * texts with it, and the time zone with an event. What the session had is kept once, so that a run which goes on after a failure takes back the same.
 */
export function underSettings({ id, payload }: Fact<'function'> | Fact<'trigger'>, made: Action): readonly Action[] {
  const { sqlMode, collation } = payload
  const timeZone = 'timeZone' in payload ? payload.timeZone : undefined
  const settings: readonly Setting[] = [
    ...(sqlMode === undefined ? [] : [[SAVED_MODE, 'sql_mode', sqlMode.join(',')] as const]),
    ...(collation === undefined ? [] : [[SAVED_COLLATION, 'collation_connection', collation] as const]),
    ...(timeZone === undefined ? [] : [[SAVED_ZONE, 'time_zone', timeZone] as const]),
  ]
  const sql = readUnder(sqlMode, made.sql)
  return settings.length === 0 ? [made] : madeUnder(settings, `settings:${id}`, { ...made, sql })
}

/** What a usual session refuses in a date: a day, a month or a year that is none. */
const WITH_ZEROS = "REPLACE(REPLACE(@@SESSION.sql_mode, 'NO_ZERO_IN_DATE', ''), 'NO_ZERO_DATE', '')"

/** A statement about a table in which such a date is a default: MySQL refuses it as a whole, whatever else it changes. */
export const withZeroDates = (made: Action, at: number): readonly Action[] =>
  // One change of a table may be several statements, which do not stay together.
  madeUnder([[SAVED_MODE, 'sql_mode', { sql: WITH_ZEROS }]], made.together ?? `zero dates:${made.because.fact}:${at}`, made)

/** A statement of a foreign key whose table is not there, or is not any more: the servers take it where they are told to look at no key. */
export const withoutKeyChecks = (made: Action): readonly Action[] =>
  madeUnder([[SAVED_KEYS, 'foreign_key_checks', 'OFF']], `key checks:${made.because.fact}`, made)

/** Its value, or an expression for it. */
type Setting = readonly [saved: string, name: string, value: string | { readonly sql: string }]

function madeUnder(settings: readonly Setting[], together: string, made: Action): readonly Action[] {
  const names = settings.map(([, name]) => name).join(' and ')
  const set = (sql: readonly string[], title: string): Action =>
    action(`SET ${sql.join(', ')}`, title, made.because, { transaction: 'any', together })
  return [
    set(
      [
        ...settings.map(([saved, name]) => `${saved} = COALESCE(${saved}, ${saved === SAVED_KEYS ? KEY_CHECKS : `@@SESSION.${name}`})`),
        ...settings.map(([, name, value]) => `SESSION ${name} = ${typeof value === 'string' ? literal(value) : value.sql}`),
      ],
      `${names} that the next statement is made under`,
    ),
    { ...made, together },
    set(
      settings.flatMap(([saved, name]) => [`SESSION ${name} = ${saved}`, `${saved} = NULL`]),
      `${names} as before`,
    ),
  ]
}

/** What makes routines and triggers because of one change, each under its settings; `edit` turns its definition into another statement. */
export const makeUnderSettings =
  (because: Reason) =>
  (
    to: Fact<'function'> | Fact<'trigger'>,
    title: string,
    more: Partial<Action> = {},
    edit = (definition: string): string => definition,
  ): readonly Action[] =>
    underSettings(to, action(edit(to.payload.definition), title, because, more))
