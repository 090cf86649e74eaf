import type { AnyFact } from '@yama/schema'
import { isKey, type FactGroup } from './fact-groups.ts'

/** Of a table, what a foreign key to it needs: its columns and its keys. */
export const stubFacts = (group: FactGroup): readonly AnyFact[] =>
  group.facts.filter((fact) => fact.id === group.root || fact.kind === 'column' || isKey(fact))
