import { parseFactId, type Action, type Fact, type Reason, type RuleContext } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { significant } from '../text/tokens.ts'
import { action, clause, LOCKS, ROUNDS } from './action.ts'
import { placeOf } from './place-of.ts'
import { renderColumn } from './render-column.ts'

/** Functions that MySQL takes in a default and refuses in ADD COLUMN, for every row would get another value on a replica: ERROR 1674. */
const UNREPEATABLE: ReadonlySet<string> = new Set(
  'uuid uuid_short rand random_bytes sysdate user current_user session_user system_user wait_for_executed_gtid_set'.split(' '),
)

/** True where MySQL does not add a column with this default to a table in one statement. */
export function isUnrepeatable({ payload }: Fact<'column'>, { server }: RuleContext): boolean {
  if (server.kind !== 'mysql' || payload.default === undefined) return false
  const tokens = significant(payload.default)
  return tokens.some(({ text }, at) => UNREPEATABLE.has(text.toLowerCase()) && tokens[at + 1]?.kind === 'open')
}

/**
 * The column without its default, then the default for rows that come, then values for those that are there; NOT NULL and the keys over it at the end. A row
 * that comes meanwhile has the default already, so the UPDATE can be run again.
 */
export function fillColumn(column: Fact<'column'>, because: Reason, context: RuleContext): readonly Action[] {
  const { name, payload, parent = '', id } = column
  const table = parseFactId(parent).name
  const value = `(${payload.default ?? ''})`
  const { default: _, ...bare } = payload
  const filled = `filled:${id}`
  const step = (sql: string, title: string, more: Partial<Action> = {}): Action =>
    action(sql, title, because, { consumes: [ROUNDS.keysGone], weight: 16, ...more })
  const last = payload.notNull ? { produces: [filled] } : { produces: [id] }
  return [
    step(
      `ALTER TABLE ${quoteName(table)} ADD COLUMN ${renderColumn({ ...column, payload: { ...bare, notNull: false } })}${knownPlace(column, context)}`,
      `add column ${name} to ${table}`,
      { lock: LOCKS.instant },
    ),
    step(`ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteName(name)} SET DEFAULT ${value}`, `set the default of ${name} of ${table}`, {
      lock: LOCKS.instant,
    }),
    step(
      `UPDATE ${quoteName(table)} SET ${[`${quoteName(name)} = ${value}`, ...unchanged(column, context)].join(', ')} WHERE ${quoteName(name)} IS NULL`,
      `fill column ${name} of ${table}`,
      { lock: 'row locks', transaction: 'any', ...last },
    ),
    ...(payload.notNull
      ? [
          clause(parent, `MODIFY COLUMN ${renderColumn(column)}`, `make column ${name} of ${table} required`, because, {
            produces: [id],
            consumes: [filled],
            rewrite: true,
          }),
        ]
      : []),
  ]
}

/** Columns which the server would set at an UPDATE. */
const unchanged = ({ parent = '' }: Fact<'column'>, { children }: RuleContext): readonly string[] =>
  children(parent, 'column', 'before')
    .filter(({ payload }) => payload.options['onUpdate'] !== undefined)
    .map((other) => `${quoteName(other.name)} = ${quoteName(other.name)}`)

/** Its place, where that is known before other columns come. */
function knownPlace(column: Fact<'column'>, context: RuleContext): string {
  const columns = context.children(column.parent ?? '', 'column', 'after')
  const before = columns[columns.findIndex(({ id }) => id === column.id) - 1]
  return before === undefined || context.before.facts.has(before.id) ? placeOf(column, context) : ''
}
