import { parseFactId, type Action, type AnyFact, type Fact, type FactId, type RuleContext } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action } from './action.ts'
import { renderView } from './render-view.ts'
import { underSettings } from './under-settings.ts'

/**
 * The views, triggers and routines that name what is renamed, made anew: the servers keep their texts as they were, and one on the old name
 * is broken. What a view needs comes before it.
 */
export function followRename(from: Fact, to: Fact, { before, after }: RuleContext): readonly Action[] {
  const because = { fact: to.id, change: 'rename' } as const
  return dependentsOf(from.id, before.facts).flatMap((old) => {
    const now = after.facts.get(old.id)
    if (now === undefined || now.payload === old.payload) return []
    const own = now.kind === 'function' ? now.payload : now
    const kind = now.kind === 'function' ? now.payload.type : now.kind
    const title = `follow the rename of ${parseFactId(from.id).name} in ${kind} ${own.name}`
    if (now.kind === 'view') return [action(renderView(now as Fact<'view'>, true), title, because)]
    if (now.kind !== 'trigger' && now.kind !== 'function') return []
    return [
      action(`DROP ${kind.toUpperCase()} ${quoteName(own.name)}`, title, because),
      ...underSettings(now, action(now.payload.definition, title, because)),
    ]
  })
}

/** Whatever says so, and what depends on that in turn; a table's triggers too. */
function dependentsOf(root: FactId, facts: ReadonlyMap<FactId, AnyFact>): readonly AnyFact[] {
  const table = facts.get(root)?.parent ?? root
  const found: AnyFact[] = []
  const seen = new Set<FactId>([root])
  const visit = (id: FactId): void => {
    for (const fact of facts.values()) {
      if (seen.has(fact.id) || !(fact.dependsOn.includes(id) || (fact.kind === 'trigger' && fact.parent === table))) continue
      seen.add(fact.id)
      found.push(fact)
      if (fact.kind === 'view') visit(fact.id)
    }
  }
  visit(root)
  return found
}
