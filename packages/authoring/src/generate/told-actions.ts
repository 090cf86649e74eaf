import type { Reversibility } from '@yama/core'
import type { Action } from '@yama/schema'

/** One change as it is told: statements that belong together are told once, with the worst of their classes. */
export interface ToldAction {
  readonly action: Action
  readonly reversibility: Reversibility
  /** What any of them loses. */
  readonly loss: Action['loss']
  readonly loses?: string
}

const COST: readonly Reversibility[] = ['lossless', 'lossy', 'irreversible']
const LOSS: readonly Action['loss'][] = ['none', 'possible', 'certain']

/** Switches of the session around a change: they are in the file, and no change to tell of. */
const isSwitch = ({ sql }: Action): boolean => /^\s*(?:PRAGMA\b|SET (?:SESSION \w+ = )?@yama_)/i.test(sql)

/**
 * The changes among the actions, in their order.
 *
 * @example toldActions(plan.actions).map(({ action, reversibility }) => `${action.title}: ${reversibility}`)
 */
export function toldActions(actions: readonly Action[]): readonly ToldAction[] {
  const groups = new Map<string, Action[]>()
  for (const [index, action] of actions.entries()) {
    if (isSwitch(action)) continue
    const key = action.together ?? `alone ${index}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [action])
    else group.push(action)
  }
  return [...groups.values()].flatMap((group) => {
    const [action] = group
    if (action === undefined) return []
    const worst = group.toSorted((a, b) => LOSS.indexOf(b.loss) - LOSS.indexOf(a.loss))[0] ?? action
    const reversibility = COST[Math.max(...group.map((each) => COST.indexOf(each.reversibility)))] ?? 'irreversible'
    return [{ action, reversibility, loss: worst.loss, ...(worst.loses === undefined ? {} : { loses: worst.loses }) }]
  })
}
