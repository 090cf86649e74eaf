import type { Strategy } from '@yama/schema'
import { impliedPrivilegesStrategy } from './implied-privileges.ts'

/** Rewrites of actions into safer ones, and what has to be said besides. */
export const strategies: readonly Strategy[] = [impliedPrivilegesStrategy]
