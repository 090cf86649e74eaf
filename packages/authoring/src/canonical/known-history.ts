import { sameValue, type AnyFact, type FactBase, type FactId, type FactKind } from '@yama/schema'
import { columnsOf, groupedFacts, isKey, type FactGroup } from './fact-groups.ts'
import { groupDescriber, type DescribeGroup, type KnownBuild, type KnownGroup } from './known-build.ts'
import type { NamingRules } from './shared-names.ts'

/** Differs from the digest of any group. */
const CHANGED = ''

/**
 * The schema of the migrations as a build of the entities: an object whose entity says word for word what the server printed for it is what the server
 * would make of that entity. Undefined where something is there that the model does not carry.
 */
export function knownHistory(
  history: FactBase,
  groups: ReadonlyMap<FactId, FactGroup>,
  describe: DescribeGroup,
  rules: NamingRules,
): KnownBuild | undefined {
  if (history.unmanaged.length > 0) return undefined
  const describePrinted = groupDescriber(history, undefined, rules)
  const stated = new Map<FactId, KnownGroup>()
  for (const [root, facts] of groupedFacts(history)) {
    const group = groups.get(root)
    if (group !== undefined && isPrinted(group.facts, facts)) {
      stated.set(root, describe(group))
      continue
    }
    const kind = root.slice(0, root.indexOf(':')) as FactKind
    const printed = describePrinted({ root, kind, facts, digest: CHANGED })
    const keys = group !== undefined && isPrinted(seenByKeys(group.facts), seenByKeys(facts)) ? describe(group).keys : CHANGED
    stated.set(root, { ...printed, keys })
  }
  return { stated, canonical: () => Promise.resolve(history) }
}

/** What a foreign key to a group can see. */
function seenByKeys(facts: readonly AnyFact[]): readonly AnyFact[] {
  const columns = new Set(facts.filter(isKey).flatMap(columnsOf))
  return facts.filter((fact) => fact.parent === undefined || isKey(fact) || (fact.kind === 'column' && columns.has(fact.name)))
}

/** True where the same facts are stated as were printed, in one order of columns. */
function isPrinted(stated: readonly AnyFact[], printed: readonly AnyFact[]): boolean {
  if (stated.length !== printed.length) return false
  const byId = new Map(printed.map((fact) => [fact.id, fact]))
  return stated.every((fact) => isSame(fact, byId.get(fact.id))) && sameValue(orderOf(stated), orderOf(printed))
}

function isSame(stated: AnyFact, printed: AnyFact | undefined): boolean {
  if (printed === undefined) return false
  // The server finds out itself which columns a check reads.
  const reads = stated.kind === 'constraint' && stated.payload.type === 'check' && stated.payload.columns.length === 0
  if (reads && printed.kind === 'constraint') return sameValue({ ...stated.payload, columns: printed.payload.columns }, printed.payload)
  return sameValue(stated.payload, printed.payload)
}

const orderOf = (facts: readonly AnyFact[]): readonly string[] =>
  facts
    .filter(({ kind }) => kind === 'column')
    .toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0))
    .map(({ name }) => name)
