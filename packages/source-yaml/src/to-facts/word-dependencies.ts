import { parseObjectName, type AnyFact, type FactId } from '@yama/schema'

const CALL = /([\p{L}_][\p{L}\p{N}_$]*)"?\s*\(/gu
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/gu

interface Names {
  readonly calls: ReadonlyMap<string, readonly FactId[]>
  readonly words: ReadonlyMap<string, readonly FactId[]>
  /** Operators, by their signs. */
  readonly signs: ReadonlyMap<string, readonly FactId[]>
}

/**
 * What the texts of facts name, as dependencies: functions that they call, and where the server wants more to be there, every name. The
 * words of a text only order; what closes a circle is left out, and the server decides what a text means.
 */
export function withWordDependencies(facts: readonly AnyFact[]): readonly AnyFact[] {
  const names = namesOf(facts)
  if (names.calls.size === 0 && !facts.some((fact) => WORDY.has(fact.kind))) return facts
  const edges = new Map<FactId, Set<FactId>>()
  const owner = new Map(
    facts.map((fact) => [fact.id, fact.kind === 'column' || fact.kind === 'constraint' ? (fact.parent ?? fact.id) : fact.id]),
  )
  const addEdge = (from: FactId, to: FactId): void => void edges.set(from, (edges.get(from) ?? new Set()).add(to))
  for (const fact of facts) for (const id of fact.dependsOn) addEdge(owner.get(fact.id) ?? fact.id, owner.get(id) ?? id)
  const reaches = (from: FactId, to: FactId): boolean => {
    const seen = new Set([from])
    const pending = [from]
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (id === to) return true
      for (const next of edges.get(id) ?? []) if (!seen.has(next)) pending.push((seen.add(next), next))
    }
    return false
  }
  return facts.map((fact) => {
    const from = owner.get(fact.id) ?? fact.id
    const found = mentioned(fact, names).filter((id) => {
      const to = owner.get(id) ?? id
      if (to === from || fact.dependsOn.includes(id) || reaches(to, from)) return false
      addEdge(from, to)
      return true
    })
    return found.length === 0 ? fact : ({ ...fact, dependsOn: [...fact.dependsOn, ...found] } as AnyFact)
  })
}

const WORDY: ReadonlySet<string> = new Set(['domain', 'function', 'rule', 'policy', 'statistics', 'publication', 'object'])
const RELATIONS: ReadonlySet<string> = new Set(['table', 'view', 'sequence', 'enum', 'domain', 'compositeType', 'rangeType'])

function namesOf(facts: readonly AnyFact[]): Names {
  const [calls, words, signs] = [new Map<string, FactId[]>(), new Map<string, FactId[]>(), new Map<string, FactId[]>()]
  const add = (into: Map<string, FactId[]>, name: string, id: FactId): void =>
    void into.set(name.toLowerCase(), [...(into.get(name.toLowerCase()) ?? []), id])
  for (const fact of facts) {
    if (fact.kind === 'function') add(calls, fact.payload.name, fact.id)
    else if (RELATIONS.has(fact.kind)) add(words, fact.name, fact.id)
    else if (fact.kind === 'object') {
      const said = parseObjectName(fact.name)
      if (said !== undefined && said.own !== '') add(said.word === 'operator' ? signs : words, said.own, fact.id)
    }
  }
  return { calls, words, signs }
}

function mentioned(fact: AnyFact, names: Names): readonly FactId[] {
  const called = (text: string): readonly FactId[] =>
    names.calls.size === 0 ? [] : [...text.matchAll(CALL)].flatMap((match) => names.calls.get((match[1] ?? '').toLowerCase()) ?? [])
  const named = (text: string): readonly FactId[] => [...text.matchAll(WORD)].flatMap(([word]) => names.words.get(word.toLowerCase()) ?? [])
  const signed = (text: string): readonly FactId[] => [...names.signs].flatMap(([sign, ids]) => (text.includes(sign) ? ids : []))
  const routines = (text: string): readonly FactId[] =>
    [...text.matchAll(WORD)].flatMap(([word]) => names.calls.get(word.toLowerCase()) ?? [])
  // Tables and views say themselves what they need of each other; a foreign table or a collation is known by its name alone.
  const objects = (text: string): readonly FactId[] => [...named(text).filter((id) => id.startsWith('object:')), ...signed(text)]
  const both = (text: string): readonly FactId[] => [...called(text), ...named(text)].filter((id) => id !== fact.id && id !== fact.parent)
  const found = ((): readonly FactId[] => {
    switch (fact.kind) {
      case 'column':
        return [
          ...called(`${fact.payload.default ?? ''} ${fact.payload.generated?.expression ?? ''}`),
          ...objects(fact.payload.collation ?? ''),
        ]
      case 'constraint':
        return [...called(fact.payload.expression ?? ''), ...objects(fact.payload.expression ?? '')]
      case 'index': {
        const { method, where = '', keys } = fact.payload
        const expressions = [where, ...keys.map((key) => key.expression ?? '')].join(' ')
        return [
          ...called(expressions),
          ...objects([method, expressions, ...keys.map((key) => `${key.operatorClass ?? ''} ${key.collation ?? ''}`)].join(' ')),
        ]
      }
      case 'rangeType':
        return [
          ...objects(`${fact.payload.operatorClass ?? ''} ${fact.payload.collation ?? ''}`),
          ...routines(`${fact.payload.canonical ?? ''} ${fact.payload.difference ?? ''}`),
        ]
      case 'domain':
        return [
          ...called([fact.payload.default ?? '', ...fact.payload.checks.map((check) => check.expression)].join(' ')),
          ...named(fact.payload.default ?? '').filter((id) => id.startsWith('sequence:')),
          ...objects(fact.payload.collation ?? ''),
        ]
      // The operator classes and collations of a partition key.
      case 'table':
        return objects(fact.payload.partitionBy ?? '')
      case 'view':
        return [...called(fact.payload.query), ...objects(fact.payload.query)]
      case 'trigger':
        return called(fact.payload.definition)
      // It names routines without calling them.
      case 'object': {
        const text = [fact.payload.definition, ...Object.values(fact.payload.options ?? {})].join(' ')
        return [...both(text), ...signed(text).filter((id) => id !== fact.id), ...routines(text)]
      }
      case 'rule':
      case 'statistics':
        return both(fact.payload.definition)
      case 'policy':
        return both(`${fact.payload.using ?? ''} ${fact.payload.check ?? ''}`)
      case 'publication':
        return both(fact.payload.tables.map(({ table }) => table).join(' '))
      case 'eventTrigger':
        return called(`${fact.payload.function}(`)
      case 'function':
        return fact.payload.type === 'aggregate' || isAtomic(fact.payload.definition)
          ? [...both(fact.payload.definition), ...routines(fact.payload.definition)].filter((id) => id !== fact.id)
          : named(header(fact.payload.definition))
      default:
        return []
    }
  })()
  return [...new Set(found)]
}

/** A body in standard SQL is understood when the function is made. */
const isAtomic = (definition: string): boolean => /\bbegin\s+atomic\b/i.test(definition) || /\n\s*return\s[^;]*$/i.test(definition)

/** What stands before the body as a text: arguments and result. */
function header(definition: string): string {
  const body = /\bas\s+(?:\$|'|e')/i.exec(definition)
  return body === null ? definition : definition.slice(0, body.index)
}
