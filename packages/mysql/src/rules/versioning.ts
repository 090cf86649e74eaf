import type { Action, Fact, FactId, RuleContext } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { LOCKS, ROUNDS } from './action.ts'
import { placeOf } from './place-of.ts'
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

/** Versions do not come to InnoDB or leave it with columns of their own, and do not change these: they are made anew. */
function areRemade(from: Fact<'table'>, to: Fact<'table'>): boolean {
  if (from.payload.options['systemVersioned'] !== true || to.payload.options['systemVersioned'] !== true) return false
  const [old, now] = [from.payload.options['systemPeriod'], to.payload.options['systemPeriod']]
  return changesEngine(from, to) || (old !== undefined && now !== undefined && old !== now)
}

/** True for a column that says when a version was there, in a table whose versions are made anew: it goes and comes with them. */
export function comesWithVersions(column: Fact<'column'>, { before, after }: RuleContext): boolean {
  const [from, to] = [before, after].map((base) => base.facts.get(column.parent ?? ''))
  return isRowTime(column) && from?.kind === 'table' && to?.kind === 'table' && areRemade(from, to)
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
  if (!is) return [set('DROP SYSTEM VERSIONING', 'system versioning', lost)]
  const remade = areRemade(from, table)
  if (old === now && !remade) return []
  if (now === undefined && !remade) return [set('DROP PERIOD FOR SYSTEM_TIME', 'system versioning', copied)]
  // A table that has versions takes no columns for them: they are made anew.
  const dropped = `unversioned:${id}`
  // Those of its own go and come with it.
  const times = (base: 'before' | 'after', has: boolean): readonly Fact<'column'>[] =>
    remade && has ? context.children(id, 'column', base).filter(isRowTime) : []
  const [gone, come] = [times('before', true), times('after', now !== undefined)]
  const goes = [...gone.map((column) => `DROP COLUMN ${quoteName(column.name)}`), 'DROP SYSTEM VERSIONING']
  const comes = [...come.map((column) => `ADD COLUMN ${renderColumn(column)}${placeOf(column, context)}`), added]
  return [
    first(`SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE ${quoteName(name)} ${goes.join(', ')}`, {
      ...lost,
      produces: [dropped],
    }),
    set(comes.join(', '), 'system versioning', {
      ...copied,
      consumes: [dropped],
      // The key that names them is changed with this one.
      destroys: gone.flatMap((column) => (context.isDropped(column.id) ? [column.id] : [])),
      produces: come.flatMap((column) => (context.isAdded(column.id) ? [column.id] : [])),
    }),
  ]
}
