import { ancestors, memberId, parseFactId, type Action, type Fact, type FactBase, type RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action } from './action.ts'
import { tablesThatStayBelow } from './column-state.ts'
import { constraintDefinition } from './constraint-definition.ts'
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

/** A child gives up its own word for a check that its parent goes on having: for a moment the parent has none, so that nobody says it but the child. */
export function giveUpCheck(check: Constraint, context: RuleContext): readonly Action[] | undefined {
  const top = checksAbove(context.before, check).findLast(
    ({ id, parent = '' }) =>
      context.after.facts.has(id) && !context.isReplaced(id) && ancestors(context.after, check.parent ?? '').includes(parent),
  )
  if (top === undefined) return undefined
  const name = identifier(check.name)
  const step = (sql: string): Action =>
    action(check, 'drop', {
      sql,
      title: `leave check ${check.name} of ${spokenTable(check)} to its parent`,
      lock: 'ACCESS EXCLUSIVE',
      together: `give up ${check.id}`,
    })
  return [
    step(`ALTER TABLE ${tableOf(top)} DROP CONSTRAINT ${name}`),
    { ...step(`ALTER TABLE ${tableOf(check)} DROP CONSTRAINT ${name}`), destroys: [check.id] },
    step(`ALTER TABLE ${tableOf(top)} ADD ${constraintDefinition(top)}`),
  ]
}

/** The parent's statement renames what children have like it. */
export const isRenamedAbove = (check: Constraint, context: RuleContext): boolean =>
  checksAbove(context.after, check).some(({ id }) => context.deltas.get(id)?.some(({ change }) => change === 'rename') === true)
