import { parseFactId, type Action, type FactId, type RuleContext, type Strategy } from '@yama/schema'
import { REBUILD } from '../rules/action.ts'
import { pragmaActions } from './foreign-key-pragma.ts'
import { rebuildSequence } from './rebuild-sequence.ts'

/**
 * All changes of a table of which one needs it become one rebuild, in the order that https://sqlite.org/lang_altertable.html
 * gives: new table, copy, drop, rename, then indexes and triggers. See docs/adr/0002-sqlite-rebuild.md.
 */
export const rebuildTable: Strategy = {
  name: REBUILD,
  apply: (actions, context) => {
    const subjects = new Set(actions.flatMap((action) => (action.needs?.strategy === REBUILD ? [action.needs.subject] : [])))
    if (subjects.size === 0) return actions
    const absorbed = new Map<FactId, Action[]>([...subjects].map((id) => [id, []]))
    const result: (Action | FactId)[] = []
    for (const action of actions) {
      const table = tableOf(action, context)
      const group = table === undefined || action.because.change === 'rename' ? undefined : absorbed.get(table)
      if (table === undefined || group === undefined) result.push(action)
      else if (group.push(action) === 1) result.push(table)
    }
    // DROP COLUMN reads every trigger and view, also one that was made anew before the table that it names: so it comes before the rebuilds.
    const early = (one: Action): Action => (one.because.fact.startsWith('column:') && one.destroys.length > 0 ? { ...one, weight: 4 } : one)
    const { first, last } = pragmaActions([...subjects][0] ?? '')
    return [
      first,
      ...result.flatMap((item) => (typeof item === 'string' ? rebuildSequence(item, absorbed.get(item) ?? [], context) : [early(item)])),
      last,
    ]
  },
}

/** The table that an action is about; undefined for views and for what is no member of a table. */
function tableOf(action: Action, { before, after }: RuleContext): FactId | undefined {
  if (action.needs !== undefined) return action.needs.subject
  const id = action.because.fact
  if (parseFactId(id).kind === 'table') return id
  return (after.facts.get(id) ?? before.facts.get(id))?.parent
}
