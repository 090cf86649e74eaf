import { factBase, type AnyFact, type FactBase, type FactId, type Unmanaged } from '@yama/schema'
import { groupedFacts } from '../canonical/fact-groups.ts'

interface Head {
  readonly tag: string
  readonly unmanaged: readonly Unmanaged[]
  /** Where each fact of the groups, one group after the other, stands in the base. */
  readonly places: readonly number[]
}

/** Groups of the text that was read last, by their lines: two states of a project have nearly all of them in common. */
let recent: ReadonlyMap<string, readonly AnyFact[]> = new Map()

/** The same by the id of the first fact. */
const recentLines = new Map<FactId, { readonly facts: readonly AnyFact[]; readonly line: string }>()

/** Facts as text: a line for each object with everything under it. */
export function printFacts(base: FactBase): string {
  const places = new Map<FactId, number>()
  for (const id of base.facts.keys()) places.set(id, places.size)
  const groups = [...groupedFacts(base).values()]
  const head: Head = {
    tag: base.tag,
    unmanaged: base.unmanaged,
    places: groups.flatMap((facts) => facts.map(({ id }) => places.get(id) ?? 0)),
  }
  return [JSON.stringify(head), ...groups.map((facts) => lineOf(facts))].join('\n')
}

/** The line itself where the group was read and nothing in it changed. */
function lineOf(facts: readonly AnyFact[]): string {
  const read = recentLines.get(facts[0]?.id ?? '')
  const same = read !== undefined && read.facts.length === facts.length && read.facts.every((fact, at) => fact === facts[at])
  return same ? read.line : JSON.stringify(facts)
}

/** The inverse of `printFacts`; undefined for a text of another form. Lines that the text before had too give the very same facts. Throws a SyntaxError. */
export function readFacts(text: string): FactBase | undefined {
  const [head = '', ...lines] = text.split('\n')
  const { tag, unmanaged, places } = JSON.parse(head) as Head
  const groups = new Map<string, readonly AnyFact[]>()
  const fresh = lines.filter((line) => !recent.has(line))
  // One large text is parsed faster than many small ones.
  const parsed = JSON.parse(`[${fresh.join(',')}]`) as readonly (readonly AnyFact[])[]
  for (const [at, line] of fresh.entries()) groups.set(line, parsed[at] ?? [])
  const facts: AnyFact[] = Array.from({ length: places.length })
  let at = 0
  for (const line of lines) {
    const group = groups.get(line) ?? recent.get(line) ?? []
    groups.set(line, group)
    for (const fact of group) facts[places[at++] ?? 0] = fact
  }
  recent = groups
  recentLines.clear()
  for (const [line, group] of groups) recentLines.set(group[0]?.id ?? '', { facts: group, line })
  if (at !== places.length) return undefined
  return factBase(tag, facts, unmanaged)
}
