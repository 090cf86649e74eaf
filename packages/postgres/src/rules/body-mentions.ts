import { childrenOf, dependenciesOf, type AnyFact, type Fact, type FactId, type FactKind, type RuleContext } from '@yama/schema'

/** What a routine's body names among the things that change beside it. */
export interface BodyMentions {
  readonly after: readonly FactId[]
  /** True where one of them, in turn, waits for the routine. */
  readonly circular: boolean
}

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/gu
const NAMED: ReadonlySet<FactKind> = new Set<FactKind>([
  'table',
  'view',
  'sequence',
  'function',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
])

type Names = ReadonlyMap<string, readonly FactId[]>
const known = new WeakMap<RuleContext['after'], Names>()

/** Words only order and switch the server's own look into the body off; what they mean it decides. */
export function bodyMentions(fact: Fact<'function'>, context: RuleContext): BodyMentions {
  const names = namesOf(context)
  const own = mentioned(fact, names)
  const after = own.flatMap((id) => [id, ...childrenOf(context.after, id).map((child) => child.id)])
  return { after: after.filter((id) => context.deltas.has(id)), circular: own.length > 0 && reaches(own, fact.id, names, context) }
}

function namesOf(context: RuleContext): Names {
  const before = known.get(context.after)
  if (before !== undefined) return before
  const names = new Map<string, FactId[]>()
  for (const fact of context.after.facts.values()) {
    if (!NAMED.has(fact.kind) || !changes(fact, context)) continue
    const word = (fact.kind === 'function' ? fact.payload.name : fact.name).toLowerCase()
    names.set(word, [...(names.get(word) ?? []), fact.id])
  }
  known.set(context.after, names)
  return names
}

const changes = (fact: AnyFact, context: RuleContext): boolean =>
  context.deltas.has(fact.id) || childrenOf(context.after, fact.id).some(({ id }) => context.deltas.has(id))

function mentioned(fact: Fact<'function'>, names: Names): readonly FactId[] {
  if (names.size === 0) return []
  const words = new Set([...fact.payload.definition.matchAll(WORD)].map(([word]) => word.toLowerCase()))
  return [...words].flatMap((word) => names.get(word) ?? []).filter((id) => id !== fact.id)
}

/** True where what is waited for waits for the target, through bodies or through what the server knows. */
function reaches(from: readonly FactId[], target: FactId, names: Names, { after, deltas }: RuleContext): boolean {
  const seen = new Set<FactId>(from)
  const pending = [...from]
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const fact = after.facts.get(id)
    const children = childrenOf(after, id).filter((child) => child.kind === 'column' || child.kind === 'constraint')
    const next = [id, ...children.map((child) => child.id)].flatMap((one) => [...dependenciesOf(after, one)])
    for (const one of [...next, ...(fact?.kind === 'function' ? mentioned(fact, names) : [])]) {
      if (one === target) return true
      if (seen.has(one) || !deltas.has(one)) continue
      seen.add(one)
      pending.push(one)
    }
  }
  return false
}
