import type { Rule } from '@yama/schema'
import { firingObject } from './firing-object.ts'

export const ruleRule: Rule<'rule'> = (delta) => firingObject(delta)
