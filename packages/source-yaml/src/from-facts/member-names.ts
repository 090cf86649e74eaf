import type { AnyFact, Fact } from '@yama/schema'
import type { ConstraintKind } from '../model/naming.ts'
import type { WriteContext } from './write-context.ts'

export const tableName = (fact: AnyFact, context: WriteContext): string => context.facts.get(fact.parent ?? '')?.name ?? ''

export const indexColumns = (fact: Fact<'index'>): readonly string[] => fact.payload.keys.map((key) => key.column ?? 'expr')

/** The name, where the policy would not give it; undefined where it would. */
export function givenName(fact: Fact<'constraint'> | Fact<'index'>, context: WriteContext): string | undefined {
  if (fact.kind === 'constraint' && context.dialect.kind === 'sqlite') return fact.payload.named ? fact.name : undefined
  const kind: ConstraintKind = fact.kind === 'index' ? 'index' : fact.payload.type
  const columns = fact.kind === 'index' ? indexColumns(fact) : fact.payload.columns
  const same = (other: Fact<'constraint'> | Fact<'index'>): boolean => {
    if (other.kind === 'index') return fact.kind === 'index' && indexColumns(other).join() === columns.join()
    return fact.kind === 'constraint' && other.payload.type === kind && other.payload.columns.join() === columns.join()
  }
  const siblings = [...context.children(fact.parent ?? '', 'constraint'), ...context.children(fact.parent ?? '', 'index')]
  // Of two alike the second gets a number, and that depends on the order; so both say their names.
  if (siblings.filter(same).length > 1) return fact.name
  return context.naming.member(kind, tableName(fact, context), columns) === fact.name ? undefined : fact.name
}
