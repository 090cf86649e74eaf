import type { Action, Fact, FactId, RuleContext } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { LOCKS, ROUNDS } from './action.ts'

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

/** Versions of rows. The columns that say when a version was there come and go in the same ALTER TABLE. */
export function versioningChange(
  from: Fact<'table'>,
  { payload: to, id, name }: Fact<'table'>,
  set: Clause,
  context: RuleContext,
): readonly Action[] {
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
  // Columns of its own for start and end cannot go and come with it, and the server refuses.
  const moved = old === undefined && isNative(from.payload.options['engine']) !== isNative(to.options['engine'])
  if (old === now && !moved) return []
  if (now === undefined && !moved) return [set('DROP PERIOD FOR SYSTEM_TIME', 'system versioning', copied)]
  // A table that has versions takes no columns for them, and does not come to InnoDB or leave it with them: they are made anew.
  const dropped = `unversioned:${id}`
  return [
    first(`SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE ${quoteName(name)} DROP SYSTEM VERSIONING`, {
      ...lost,
      produces: [dropped],
    }),
    set(added, 'system versioning', { ...copied, consumes: [dropped] }),
  ]
}
