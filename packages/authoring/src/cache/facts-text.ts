import { factBase, type AnyFact, type FactBase, type FactId, type Unmanaged } from '@yama/schema'
import { rootOf } from '../canonical/fact-groups.ts'

interface Head {
  readonly tag: string
  readonly unmanaged: readonly Unmanaged[]
  /** Where each fact of the groups, one group after the other, stands in the base. */
  readonly places: readonly number[]
}

/** Groups of the text that was read last, by their lines: two states of a project have nearly all of them in common. */
let recent: ReadonlyMap<string, readonly AnyFact[]> = new Map()

/** Facts as text: a line for each object with everything under it. */
export function printFacts(base: FactBase): string {
  const groups = new Map<FactId, { readonly facts: AnyFact[]; readonly places: number[] }>()
  let place = 0
  for (const fact of base.facts.values()) {
    const root = rootOf(base, fact).id
    let group = groups.get(root)
    if (group === undefined) groups.set(root, (group = { facts: [], places: [] }))
    group.facts.push(fact)
    group.places.push(place++)
  }
  const list = [...groups.values()]
  const head: Head = { tag: base.tag, unmanaged: base.unmanaged, places: list.flatMap(({ places }) => places) }
  return [JSON.stringify(head), ...list.map(({ facts }) => JSON.stringify(facts))].join('\n')
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
  if (at !== places.length) return undefined
  return factBase(tag, facts, unmanaged)
}
