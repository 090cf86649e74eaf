import { ancestors, memberId, parseFactId, type Action, type Fact, type FactBase, type RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action } from './action.ts'
import { tablesThatStayBelow } from './column-state.ts'
import { constraintDefinition, constraintExtras } from './constraint-definition.ts'
import { spokenTable, tableOf } from './names.ts'

type Constraint = Fact<'constraint'>

/** The checks of the same name in the tables above, nearest first: children have them as well. */
export function checksAbove(base: FactBase, { parent = '', name, payload }: Constraint): readonly Constraint[] {
  if (payload.type !== 'check') return []
  return ancestors(base, parent).flatMap((table) => {
    const { schema, name: above } = parseFactId(table)
    const fact = base.facts.get(memberId('constraint', schema, above, name))
    return fact?.kind === 'constraint' && fact.payload.type === 'check' && fact.payload.noInherit !== true ? [fact] : []
  })
}

/** True where a parent's goes as well: until then nobody may drop it. */
export const goesAfterParents = (check: Constraint, context: RuleContext): boolean =>
  checksAbove(context.before, check).some(
    ({ id, parent = '' }) =>
      context.isDropped(id) && !context.isDropped(parent) && ancestors(context.after, check.parent ?? '').includes(parent),
  )

/** What children say themselves stays with them: it goes once the parent's is gone. */
export function dropsBelow(check: Constraint, context: RuleContext): readonly Constraint[] {
  if (check.payload.type !== 'check' || check.payload.noInherit === true) return []
  const below = (table: string): readonly Constraint[] =>
    tablesThatStayBelow(table, context).flatMap(({ id }) => {
      const { schema, name } = parseFactId(id)
      const own = context.before.facts.get(memberId('constraint', schema, name, check.name))
      return [...(own?.kind === 'constraint' && context.isDropped(own.id) ? [own] : []), ...below(id)]
    })
  return below(check.parent ?? '')
}

/** What is done while the parents have no such check: then nobody says it but the child. None of that looks at rows, unless a check is tried on them. */
function withoutParents(
  check: Constraint,
  above: readonly Constraint[],
  change: 'add' | 'drop',
  meanwhile: readonly Action[],
  context: RuleContext,
): readonly Action[] {
  const step = (sql: string): Action =>
    action(check, change, {
      sql,
      title: `keep check ${check.name} of ${spokenTable(check)} apart from its parents'`,
      lock: 'ACCESS EXCLUSIVE',
      consumes: change === 'add' ? above.map(({ id }) => id) : [],
    })
  return [
    ...above.toReversed().map((each) => step(`ALTER TABLE ${tableOf(each)} DROP CONSTRAINT ${identifier(check.name)}`)),
    ...meanwhile,
    ...above.map((each) => step(`ALTER TABLE ${tableOf(each)} ADD ${constraintDefinition(each)}`)),
    ...above.flatMap((each) => constraintExtras(each, context)),
  ].map((each) => ({ ...each, together: `apart ${check.id}` }))
}

/** A child gives up its own word for a check that its parent goes on having. */
export function giveUpCheck(check: Constraint, context: RuleContext): readonly Action[] | undefined {
  const staying = checksAbove(context.before, check).filter(
    ({ id, parent = '' }) =>
      context.after.facts.has(id) && !context.isReplaced(id) && ancestors(context.after, check.parent ?? '').includes(parent),
  )
  if (staying.length === 0) return undefined
  const drops = [check, ...dropsBelow(check, context)].map((each) =>
    action(check, 'drop', {
      sql: `ALTER TABLE ${tableOf(each)} DROP CONSTRAINT ${identifier(each.name)}`,
      title: `leave check ${each.name} of ${spokenTable(each)} to its parent`,
      destroys: [each.id],
      lock: 'ACCESS EXCLUSIVE',
    }),
  )
  return withoutParents(check, staying, 'drop', drops, context)
}

/** A child says more of a check than its parents do, that it is tried, or that it is enforced and not tried yet. Of what it has from them no statement says so. */
export function addBesideParents(check: Constraint, context: RuleContext): readonly Action[] | undefined {
  const above = checksAbove(context.after, check)
  const [nearest] = above
  if (nearest === undefined || !saysMore(check, nearest)) return undefined
  const add = action(check, 'add', {
    sql: `ALTER TABLE ${tableOf(check)} ADD ${constraintDefinition(check)}`,
    title: `add check ${check.name} to ${spokenTable(check)} beside its parents'`,
    produces: [check.id],
    lock: 'ACCESS EXCLUSIVE',
  })
  return withoutParents(check, above, 'add', [add, ...constraintExtras(check, context)], context)
}

const isEnforced = ({ payload }: Constraint): boolean => payload.options['notEnforced'] !== true

function saysMore(check: Constraint, parent: Constraint): boolean {
  if (!isEnforced(check)) return false
  return isEnforced(parent) ? parent.payload.notValid === true && check.payload.notValid !== true : check.payload.notValid === true
}

/** The parent's statement renames what children have like it. */
export const isRenamedAbove = (check: Constraint, context: RuleContext): boolean =>
  checksAbove(context.after, check).some(({ id }) => context.deltas.get(id)?.some(({ change }) => change === 'rename') === true)
