import type { Effect, StatementEffects } from '@yama/core'
import { settledKey, type SettledColumns } from './settled-columns.ts'

/** A statement without what it does to rows for a column that is so already, and what of it says only what has been said before. */
export function withoutSettled(
  { effects }: StatementEffects,
  settled: SettledColumns,
): { readonly effects: readonly Effect[]; readonly restated: ReadonlySet<Effect> } {
  const isSettled = ({ object, member = '', says }: Effect, facet: string): boolean =>
    says !== undefined && settled.get(settledKey(object, member, facet)) === says
  const found = new Set<string>()
  const restated = new Set<Effect>()
  for (const effect of effects)
    if (effect.says !== undefined && effect.follows === undefined && isSettled(effect, effect.facet)) {
      restated.add(effect)
      found.add(`${effect.object} ${effect.facet}`)
    }
  if (restated.size === 0) return { effects, restated }
  return { effects: effects.filter(({ object, follows }) => follows === undefined || !found.has(`${object} ${follows}`)), restated }
}

/** Whether what is said again, and was so before, is nothing to the other: it neither says otherwise nor holds on to it. */
export function isNothingTo(again: Effect, other: Effect): boolean {
  if (other.access === 'read')
    return again.facet !== 'type' || again.lets === true || other.lets === true || (other.facet !== 'type' && other.facet !== 'shape')
  if (['exist', 'name', 'shape'].includes(other.facet) || (other.facet === 'type' && again.facet !== 'type' && other.member === undefined))
    return false
  return other.facet !== again.facet || sayTheSame(again, other)
}

/** Two that change a column to one and the same. */
export const sayTheSame = (one: Effect, other: Effect): boolean =>
  one.says !== undefined &&
  one.says === other.says &&
  (one.follows ?? one.facet) === (other.follows ?? other.facet) &&
  one.object === other.object &&
  one.member === other.member
