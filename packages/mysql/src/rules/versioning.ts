import type { Action, Fact, FactId, RuleContext } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { LOCKS, ROUNDS } from './action.ts'
import { renderColumn } from './render-column.ts'

type Clause = (sql: string, what: string, more?: Partial<Action>) => Action

/** A period of the application comes and goes in one ALTER TABLE with the keys that name it. */
export function periodChange({ payload: from }: Fact<'table'>, { payload: to }: Fact<'table'>, set: Clause): readonly Action[] {
  const [old, now] = [from.options['period'], to.options['period']]
  if (old === now) return []
  const clauses = [
    ...(old === undefined ? [] : [`DROP PERIOD FOR ${/^`(?:[^`]|``)*`|^\S+/.exec(String(old))?.[0] ?? ''}`]),
    ...(now === undefined ? [] : [`ADD PERIOD FOR ${String(now)}`]),
  ]
  return [set(clauses.join(', '), 'period', { lock: LOCKS.copy })]
}

/** A column without versions can be stated only in a table that has them already. */
const hasNewUnversioned = (table: FactId, { children, deltas }: RuleContext): boolean =>
  children(table, 'column', 'after').some(({ id, payload }) => payload.options['withoutVersioning'] === true && deltas.has(id))

/** Versions are InnoDB's own there, and kept by the server over every other engine. */
const isNative = (engine: string | boolean | undefined): boolean => engine === undefined || /^innodb$/i.test(String(engine))

/** Comes to InnoDB, or leaves it. */
const changesEngine = ({ payload: from }: Fact<'table'>, { payload: to }: Fact<'table'>): boolean =>
  isNative(from.options['engine']) !== isNative(to.options['engine'])

const isRowTime = ({ payload }: Fact<'column'>): boolean => payload.options['row'] !== undefined

/** Versions do not come to InnoDB or leave it, and do not change the columns that are their own: they go, and are made anew where there shall be some. */
function areRemade(from: Fact<'table'>, to: Fact<'table'>, context: RuleContext): boolean {
  if (from.payload.options['systemVersioned'] !== true) return false
  if (changesEngine(from, to)) return true
  const [old, now] = [from.payload.options['systemPeriod'], to.payload.options['systemPeriod']]
  if (old === undefined || now === undefined) return false
  return old !== now || context.children(to.id, 'column', 'after').some((column) => isRowTime(column) && isAltered(column.id, context))
}

const isAltered = (id: FactId, { deltas }: RuleContext): boolean => deltas.get(id)?.some(({ change }) => change === 'alter') === true

/** True for a column that says when a version was there, in a table whose versions are made anew: it goes and comes with them. */
export function comesWithVersions(column: Fact<'column'>, context: RuleContext): boolean {
  const [from, to] = tablesOf(column, context)
  return isRowTime(column) && from?.kind === 'table' && to?.kind === 'table' && areRemade(from, to, context)
}

const tablesOf = ({ parent = '' }: Fact<'column'>, { before, after }: RuleContext) =>
  [before.facts.get(parent), after.facts.get(parent)] as const

/** What such a column's own change is: that of the versions, said once, where the table itself does not change. */
export function changeWithVersions(column: Fact<'column'>, set: Clause, context: RuleContext): readonly Action[] {
  const [from, to] = tablesOf(column, context)
  if (from?.kind !== 'table' || to?.kind !== 'table' || isAltered(to.id, context)) return []
  const first = context.children(to.id, 'column', 'after').find((each) => isRowTime(each) && isAltered(each.id, context))
  return first?.id === column.id ? versioningChange(from, to, set, context) : []
}

/** Behind the nearest column that is there already, for others are added later in the statement. */
function placeAmong(column: Fact<'column'>, come: readonly Fact<'column'>[], context: RuleContext): string {
  const columns = context.children(column.parent ?? '', 'column', 'after')
  const before = columns.slice(
    0,
    columns.findIndex(({ id }) => id === column.id),
  )
  const near = before.findLast(({ id }) => come.some((each) => each.id === id) || !context.isAdded(id))
  return near === undefined ? ' FIRST' : ` AFTER ${quoteName(near.name)}`
}

/** Versions of rows. The columns that say when a version was there come and go in the same ALTER TABLE. */
export function versioningChange(from: Fact<'table'>, table: Fact<'table'>, set: Clause, context: RuleContext): readonly Action[] {
  const { payload: to, id, name } = table
  const [was, is] = [from.payload.options['systemVersioned'] === true, to.options['systemVersioned'] === true]
  const [old, now] = [from.payload.options['systemPeriod'], to.options['systemPeriod']]
  const added = `${now === undefined ? '' : `ADD PERIOD FOR SYSTEM_TIME ${String(now)}, `}ADD SYSTEM VERSIONING`
  const copied = { rewrite: true, lock: LOCKS.copy } as const
  const lost = { ...copied, loss: 'certain', loses: `the history of the rows of table ${name}`, reversibility: 'lossy' } as const
  const first = (sql: string, more: Partial<Action>): Action => {
    const { needs: _, ...whole } = set('', 'system versioning', more)
    return { ...whole, sql, consumes: [ROUNDS.keysGone], weight: 16 }
  }
  if (!was && is && now === undefined && hasNewUnversioned(id, context)) return [first(`ALTER TABLE ${quoteName(name)} ${added}`, copied)]
  if (!was) return is ? [set(added, 'system versioning', copied)] : []
  const remade = areRemade(from, table, context)
  if (!is && !remade) return [set('DROP SYSTEM VERSIONING', 'system versioning', lost)]
  if (old === now && !remade) return []
  if (now === undefined && !remade) return [set('DROP PERIOD FOR SYSTEM_TIME', 'system versioning', copied)]
  // A table that has versions takes no columns for them: they are made anew.
  const dropped = `unversioned:${id}`
  // Those of its own go and come with it.
  const times = (base: 'before' | 'after', has: boolean): readonly Fact<'column'>[] =>
    remade && has ? context.children(id, 'column', base).filter(isRowTime) : []
  const [gone, come] = [times('before', true), times('after', now !== undefined)]
  const goes = [...gone.map((column) => `DROP COLUMN ${quoteName(column.name)}`), 'DROP SYSTEM VERSIONING']
  const comes = [...come.map((column) => `ADD COLUMN ${renderColumn(column)}${placeAmong(column, come, context)}`), added]
  const leave = first(`SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE ${quoteName(name)} ${goes.join(', ')}`, {
    ...lost,
    produces: [dropped],
    ...(is ? {} : { destroys: gone.map((column) => column.id) }),
  })
  if (!is) return [leave]
  return [
    leave,
    set(comes.join(', '), 'system versioning', {
      ...copied,
      consumes: [dropped],
      // The key that names them is changed with this one.
      destroys: gone.flatMap((column) => (context.isDropped(column.id) ? [column.id] : [])),
      produces: come.flatMap((column) => (context.isAdded(column.id) ? [column.id] : [])),
    }),
  ]
}
