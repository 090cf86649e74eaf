import type { Strategy } from '@yama/schema'

/** Rewrites of actions into safer ones. The rules alone give a plan that PostgreSQL takes, so none is needed for correctness. */
export const strategies: readonly Strategy[] = []
