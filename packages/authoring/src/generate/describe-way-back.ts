import type { Reversibility } from '@yama/core'
import type { ChangePlan } from '@yama/schema'

/**
 * What Down brings back, in words: the class is about what was there before Up; what was written since into what Up added is a
 * loss of Down itself, and is said besides.
 */
export function describeWayBack(reversibility: Reversibility, down: Pick<ChangePlan, 'actions'>): string {
  // Without these words an empty Down would be none.
  if (reversibility === 'irreversible') return 'There is no way back: a step of Up cannot be undone.'
  if (down.actions.length === 0) return 'Way back: lossless, there is nothing to undo.'
  const since = losesSince(down) ? ' What was written since goes where a line below says so.' : ''
  return reversibility === 'lossless'
    ? `Way back: lossless. What was there before Up comes back.${since}`
    : `Way back: lossy. The schema comes back, but not the data that Up removed.${since}`
}

/** Down itself removes data that can only have come after Up, or that has a new form since. */
export const losesSince = ({ actions }: Pick<ChangePlan, 'actions'>): boolean => actions.some(({ loss }) => loss !== 'none')
