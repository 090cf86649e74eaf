import type { YamaError } from '@yama/core'
import type { Action } from '../contract/action.ts'
import type { AnyDelta, Delta } from '../contract/delta.ts'
import { NOT_SUPPORTED, type Rule, type RuleContext, type SchemaDialect } from '../contract/schema-dialect.ts'
import { schemaErrors } from '../errors/errors.ts'
import { dependenciesOf } from '../facts/base-index.ts'
import { describeFact } from '../facts/describe-fact.ts'
import type { FactBase, FactId, FactKind } from '../facts/fact.ts'
import { kindRank } from '../facts/kind-files.ts'

export interface RuleRun {
  readonly dialect: SchemaDialect
  readonly context: RuleContext
  /** Filled with what the actions produce, so that later rules see it. */
  readonly claimed: Set<FactId>
  /** Facts that go with their parent. */
  readonly elided: ReadonlyMap<FactId, FactId>
  readonly refusals: YamaError[]
}

/** Asks the dialect's rules in the order of kinds, as promised at `Rule`. */
export function runRules(deltas: readonly AnyDelta[], run: RuleRun): Action[] {
  const destroyed = new Set<FactId>()
  const companions = new Map<FactId, FactId[]>()
  for (const [id, parent] of run.elided) {
    const known = companions.get(parent)
    if (known === undefined) companions.set(parent, [id])
    else known.push(id)
  }
  const sorted = [...deltas].sort((a, b) => kindRank(a.kind) - kindRank(b.kind))
  const actions: Action[] = []
  for (const delta of sorted) {
    if (delta.change === 'add' && run.claimed.has(delta.id)) continue
    if (delta.change === 'drop' && (destroyed.has(delta.id) || run.elided.has(delta.id))) continue
    for (const action of callRule(delta, run)) {
      // What is added on the way is looked at as well: privileges go with the column of a table that goes.
      const destroys = new Set(action.destroys)
      for (const id of destroys) for (const companion of companions.get(id) ?? []) destroys.add(companion)
      for (const id of destroys) destroyed.add(id)
      for (const id of action.produces) run.claimed.add(id)
      actions.push(destroys.size === action.destroys.length ? action : { ...action, destroys: [...destroys] })
    }
  }
  return actions
}

/** The actions of one delta, completed with what follows from the facts; a refusal where the dialect has no rule. */
export function callRule(
  delta: AnyDelta,
  { dialect, context, refusals }: Pick<RuleRun, 'dialect' | 'context' | 'refusals'>,
): readonly Action[] {
  const rule = dialect.rules[delta.kind] as Rule<FactKind> | typeof NOT_SUPPORTED
  const fact = delta.change === 'drop' ? delta.from : delta.to
  if (rule === NOT_SUPPORTED) {
    refusals.push(
      schemaErrors.YAMA_SCHEMA_UNSUPPORTED(
        { change: delta.change, fact: describeFact(delta.id), dialect: dialect.kind },
        { position: fact.origin },
      ),
    )
    return []
  }
  const replaced = delta.change !== 'rename' && context.isReplaced(delta.id)
  const [gained, lost] = delta.change === 'alter' ? changedDependencies(context.before, context.after, delta.id) : [[], []]
  return rule(delta as Delta, context).map((action) => ({
    ...action,
    consumes: gained.length === 0 ? action.consumes : [...new Set([...action.consumes, ...gained])],
    releases: lost.length === 0 ? action.releases : [...new Set([...action.releases, ...lost])],
    sequence: action.sequence ?? `${delta.change} ${delta.id}`,
    because: {
      ...action.because,
      ...(replaced ? { change: 'replace' as const } : {}),
      ...(action.because.origin === undefined && fact.origin !== undefined ? { origin: fact.origin } : {}),
    },
  }))
}

function changedDependencies(before: FactBase, after: FactBase, id: FactId): [readonly FactId[], readonly FactId[]] {
  const old = dependenciesOf(before, id)
  const now = dependenciesOf(after, id)
  return [now.filter((one) => !old.includes(one)), old.filter((one) => !now.includes(one))]
}
