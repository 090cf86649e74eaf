import type { StatementEffect } from '../contract/statement.ts'

/** Comment lines in front of a statement, up to the one that says what it loses. */
const STATED = /^(?:\s*(?:--|#)[^\n]*\n)*?\s*(?:--|#)[ \t]*yama:(loses|may-lose)[ \t]+(\S[^\n]*)/

/**
 * The effect of a statement with what the line `-- yama:loses nothing` in front of it says. A statement alone does not tell which type a column
 * had, so that `integer` to `bigint` looks like a loss; whoever wrote it knew. What is lost for certain, such as a dropped column, stays a loss.
 * `-- yama:loses the old prices` and `-- yama:may-lose …` make a loss of what nobody could see.
 *
 * @example statedLoss('-- yama:loses nothing\nALTER TABLE t ALTER COLUMN n TYPE bigint', { verb: 'ALTER TABLE … ALTER COLUMN TYPE', class: 'ddl', loss: 'possible' }).loss // 'none'
 */
export function statedLoss(text: string, effect: StatementEffect): StatementEffect {
  const found = STATED.exec(text)
  if (found === null) return effect
  const [, verb, stated = ''] = found
  const words = stated.trim()
  if (words.toLowerCase() !== 'nothing')
    return { ...effect, loss: verb === 'loses' || effect.loss === 'certain' ? 'certain' : 'possible', loses: words }
  if (effect.loss !== 'possible') return effect
  const { loses: _, ...rest } = effect
  return { ...rest, loss: 'none' }
}
