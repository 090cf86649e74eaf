import type { AnyFact, FactBase, Unmanaged } from '@yama/schema'

interface Head {
  readonly tag: string
  readonly unmanaged: readonly Unmanaged[]
}

/** Facts of the text that was read or printed last, by their lines: two states of a project have nearly all of them in common. */
let recent: ReadonlyMap<string, AnyFact> = new Map()

/** Facts as text with one line for each. */
export function printFacts(base: FactBase): string {
  const head: Head = { tag: base.tag, unmanaged: base.unmanaged }
  const lines = [JSON.stringify(head)]
  for (const fact of base.facts.values()) lines.push(JSON.stringify(fact))
  return lines.join('\n')
}

/** The inverse of `printFacts`. Lines that the text before had too give the very same facts. Throws a SyntaxError. */
export function readFacts(text: string): FactBase {
  const lines = text.split('\n')
  const { tag, unmanaged } = JSON.parse(lines[0] ?? '') as Head
  if (recent.size === 0) {
    // One large text is parsed faster than many small ones.
    const all = JSON.parse(`[${lines.slice(1).join(',')}]`) as readonly AnyFact[]
    recent = new Map(all.map((fact, at) => [lines[at + 1] ?? '', fact]))
    return { tag, facts: new Map(all.map((fact) => [fact.id, fact])), unmanaged }
  }
  const known = new Map<string, AnyFact>()
  const facts = new Map<string, AnyFact>()
  for (const line of lines.slice(1)) {
    const fact = recent.get(line) ?? (JSON.parse(line) as AnyFact)
    known.set(line, fact)
    facts.set(fact.id, fact)
  }
  recent = known
  return { tag, facts, unmanaged }
}
