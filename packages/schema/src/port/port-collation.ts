import type { AnyFact } from '../facts/fact.ts'
import { productOf, type ColumnDraft, type PortContext } from './port-context.ts'

const APART = 'tell them apart'

/** A collation is the source's own, and said; one that takes `a` and `A` for one letter decides over keys and comparisons, and is asked about. */
export function portCollation(context: PortContext, column: ColumnDraft, collation: string): void {
  const { from, to, inquiry } = context
  if (from.port.ignoresCaseIn?.(collation) !== true) {
    inquiry.tell('collation', column.fact, `the collation ${collation} is the source’s own`)
    return
  }
  const here = to.port.features.caseIgnoringCollation
  const answer = inquiry.ask(column.fact, {
    rule: 'collation',
    outcome: 'lossy',
    message: here === undefined ? `the collation ${collation} is left out` : `the collation ${collation} becomes ${here}`,
    loss:
      here === undefined
        ? 'texts that differ in the case of their letters are different, in keys and comparisons'
        : `${productOf(to)} takes more letters for equal than ${productOf(from)} does`,
    group: `collation:${collation}`,
    answers: here === undefined ? [APART] : [here, APART],
  })
  if (answer === here) column.collation = here
}

/** The same for one key of an index, where the target has no collation of its own for it. */
export function portKeyCollation({ from, to, inquiry }: PortContext, fact: AnyFact, collation: string): void {
  if (from.port.ignoresCaseIn?.(collation) !== true)
    return void inquiry.tell('collation', fact, `the collation ${collation} of a key is the source’s own`)
  inquiry.ask(fact, {
    rule: 'collation',
    outcome: 'lossy',
    message: `the collation ${collation} of a key is left out`,
    loss: `${productOf(to)} sorts and compares the key as the column does; an index over lower() does the same there`,
    group: `collation of a key:${collation}`,
    answers: ['as the column'],
  })
}
