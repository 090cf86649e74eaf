import type { Rule } from '@yama/schema'
import { firingObject } from './firing-object.ts'

export const triggerRule: Rule<'trigger'> = (delta) => firingObject(delta)
