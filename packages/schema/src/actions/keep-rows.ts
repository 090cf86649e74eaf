import { factBase } from '../facts/fact-base.ts'
import type { AnyFact, FactBase, FactId } from '../facts/fact.ts'

/**
 * The state without the rows of tables of which the other one does not state any: whoever keeps rows in a table of his own never finds them
 * removed. Rows of a table that the other state does not have stay, so that a way back brings them along. `moved` takes an id to its name there.
 */
export function keepRows(base: FactBase, stated: FactBase, moved: (id: FactId) => FactId = (id) => id): FactBase {
  const isForeign = ({ kind, id, parent = '' }: AnyFact): boolean =>
    kind === 'rows' && stated.facts.has(moved(parent)) && !stated.facts.has(moved(id))
  const facts = [...base.facts.values()].filter((fact) => !isForeign(fact))
  return facts.length === base.facts.size ? base : factBase(base.tag, facts, base.unmanaged)
}
