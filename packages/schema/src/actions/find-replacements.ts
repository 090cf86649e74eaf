import type { YamaError } from '@yama/core'
import type { AlterDelta, AnyDelta } from '../contract/delta.ts'
import type { RuleContext, SchemaDialect } from '../contract/schema-dialect.ts'
import { schemaErrors } from '../errors/errors.ts'
import { childrenOf, dependentsOf } from '../facts/base-index.ts'
import { describeFact } from '../facts/describe-fact.ts'
import type { AnyFact, FactBase, FactId, FactKind } from '../facts/fact.ts'

export interface Replacements {
  readonly replaced: ReadonlySet<FactId>
  /** Facts altered in place that the server alters only while nothing else depends on them. */
  readonly disturbed: ReadonlySet<FactId>
  readonly refusals: readonly YamaError[]
}

interface Search {
  readonly before: FactBase
  readonly after: FactBase
  readonly deltas: Map<FactId, AnyDelta[]>
  readonly replaced: Set<FactId>
  readonly refusals: YamaError[]
}

/**
 * Finds what must be dropped and made again, walking the dependents of every fact that cannot be altered in place, and turns their deltas
 * in `deltas` into a drop and an add. `replaced` is filled as it goes, because the context that the dialect is asked with reads it.
 */
export function findReplacements(
  dialect: SchemaDialect,
  context: RuleContext,
  deltas: Map<FactId, AnyDelta[]>,
  replaced: Set<FactId>,
): Replacements {
  const search: Search = { before: context.before, after: context.after, deltas, replaced, refusals: [] }
  const disturbed = new Set<FactId>()
  const alters = [...deltas.values()].flat().filter((delta): delta is AlterDelta => delta.change === 'alter')
  for (const delta of alters) {
    if (replaced.has(delta.id)) continue
    const answer = dialect.replaces?.(delta, context)
    if (answer === undefined) continue
    for (const id of answer.tables ?? []) replace(id, delta.id, search)
    if (answer.self) replace(delta.id, delta.id, search)
    else disturbed.add(delta.id)
    for (const id of answer.dependents) replaceDependent(id, delta.id, search)
  }
  for (const id of dialect.madeAnew?.(context) ?? []) replace(id, id, search)
  if (dialect.foreignKeysInline !== true) replaceForeignKeys(search)
  return { replaced, disturbed, refusals: search.refusals }
}

/** A foreign key that stays holds on to the very key that it was made for: where that one goes and another takes its place, it is made again. */
function replaceForeignKeys(search: Search): void {
  const drops = [...search.deltas.values()]
    .flat()
    .filter(({ change, kind }) => change === 'drop' && (kind === 'constraint' || kind === 'index'))
  for (const { id: key } of drops) {
    for (const id of dependentsOf(search.before, key)) {
      const fact = search.before.facts.get(id)
      if (fact?.kind === 'constraint' && fact.payload.type === 'foreign' && search.after.facts.has(id)) replace(id, key, search)
    }
  }
}

/** `via`: what of all that is replaced it depends on itself. */
function replaceDependent(id: FactId, cause: FactId, search: Search, via = cause): void {
  const fact = search.before.facts.get(id)
  if (fact === undefined || search.replaced.has(id)) return
  // A fact that goes away anyway takes its dependents' deltas with it already.
  if (!search.after.facts.has(id)) return
  if (isRemakeable(fact)) replace(id, cause, search)
  else if (!isAlteredAway(fact, via, search)) {
    search.refusals.push(
      schemaErrors.YAMA_SCHEMA_REPLACE_REFUSED({ cause: describeFact(cause), fact: describeFact(id) }, { position: fact.origin }),
    )
  }
}

function replace(root: FactId, cause: FactId, search: Search): void {
  const pending = [root]
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (search.replaced.has(id)) continue
    const from = search.before.facts.get(id)
    const to = search.after.facts.get(id)
    if (from === undefined || to === undefined) continue
    search.replaced.add(id)
    search.deltas.set(id, [{ change: 'drop', kind: from.kind, id, from } as AnyDelta, { change: 'add', kind: to.kind, id, to } as AnyDelta])
    for (const child of childrenOf(search.before, id)) pending.push(child.id)
    for (const dependent of dependentsOf(search.before, id)) {
      const fact = search.before.facts.get(dependent)
      if (fact !== undefined && isRemakeable(fact)) pending.push(dependent)
      else replaceDependent(dependent, cause, search, id)
    }
  }
}

const ROWLESS: ReadonlySet<FactKind> = new Set<FactKind>([
  'view',
  'index',
  'constraint',
  'function',
  'trigger',
  'rule',
  'policy',
  'statistics',
  'publication',
  'grant',
  'owner',
  'eventTrigger',
  'domain',
  'compositeType',
  'rangeType',
  'object',
])

/** What holds no rows of its own. */
function isRemakeable(fact: AnyFact): boolean {
  return ROWLESS.has(fact.kind) || (fact.kind === 'column' && fact.payload.generated !== undefined)
}

/** True where the fact stops depending on what is replaced in the same difference. */
function isAlteredAway(fact: AnyFact, via: FactId, { after }: Search): boolean {
  return !dependentsOf(after, via).includes(fact.id)
}
