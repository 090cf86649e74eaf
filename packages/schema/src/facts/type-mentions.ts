import { objectId } from './fact-id.ts'
import type { FactBase, FactId, FactKind } from './fact.ts'

const TYPE_NAME = /^(?:("(?:[^"]|"")+"|[\w$]+)\.)?("(?:[^"]|"")+"|[\w$]+)(?:\[\])*$/
const bare = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name)

/** Kinds that a column's type may be. */
const TYPES = ['enum', 'domain', 'compositeType', 'rangeType'] as const satisfies readonly FactKind[]

// Bases are immutable, so what one has stays true as long as it lives.
const mentions = new WeakMap<FactBase, KnownMentions>()

/** The names of the base's own types: nearly every column has a type of the server. */
function ownTypes(base: FactBase): ReadonlySet<string> {
  const kinds: ReadonlySet<FactKind> = new Set<FactKind>([...TYPES, 'table', 'view'])
  const names = new Set<string>()
  for (const fact of base.facts.values()) if (kinds.has(fact.kind)) names.add(fact.name)
  return names
}

interface KnownMentions {
  readonly own: ReadonlySet<string>
  /** By schema, then type: a schema has few of either. */
  readonly found: Map<string, Map<string, readonly FactId[]>>
}

/** The fact behind a type's name, where the type is one of the schema's own; an unqualified name is of the given schema. */
export function typeMentions(type: string, schema: string, base: FactBase): readonly FactId[] {
  let known = mentions.get(base)
  if (known === undefined) mentions.set(base, (known = { own: ownTypes(base), found: new Map() }))
  let ofSchema = known.found.get(schema)
  if (ofSchema === undefined) known.found.set(schema, (ofSchema = new Map()))
  let found = ofSchema.get(type)
  if (found === undefined) ofSchema.set(type, (found = findMentions(type, schema, base, known.own)))
  return found
}

function findMentions(type: string, schema: string, base: FactBase, own: ReadonlySet<string>): readonly FactId[] {
  const match = TYPE_NAME.exec(type)
  if (match?.[2] === undefined) return []
  const home = match[1] === undefined ? schema : bare(match[1])
  const name = bare(match[2])
  if (!own.has(name)) return []
  // A table or view is a type as well; its bare name would be taken for one too often.
  const kinds: readonly FactKind[] = match[1] === undefined ? TYPES : [...TYPES, 'table', 'view']
  const id = kinds.map((kind) => objectId(kind, home, name)).find((each) => base.facts.has(each))
  return id === undefined ? [] : [id]
}
