import type { AnyFact, FactId, Unmanaged } from '@yama/schema'

/** The oids of the system catalogues; fixed since PostgreSQL 7, part of `pg_depend`'s addresses. */
export const CATALOGUE = {
  type: 1247,
  procedure: 1255,
  relation: 1259,
  default: 2604,
  constraint: 2606,
  namespace: 2615,
  rewrite: 2618,
  trigger: 2620,
  extension: 3079,
  policy: 3256,
  statistics: 3381,
  eventTrigger: 3466,
  publication: 6104,
  publishedTable: 6106,
} as const

/** An object as `pg_depend` names it: catalogue, oid, and the column's number or nothing. */
export type Address = string
export function address(catalogue: number, oid: number, column = 0): Address {
  return column === 0 ? `${catalogue}/${oid}` : `${catalogue}/${oid}/${column}`
}

/** One object found: a fact, or something that the model does not carry. */
export interface CatalogueNode {
  readonly fact?: AnyFact
  unmanaged?: Omit<Unmanaged, 'dependsOn'>
  /** False for a part of something that is unmanaged as a whole, and named as that. */
  isNamed?: false
  /** What it needs; the same node may stand here twice. */
  readonly uses: CatalogueNode[]
}

/** A table or view whose members are looked at. */
export interface Relation {
  readonly schema: string
  readonly name: string
  readonly id: FactId
  readonly node: CatalogueNode
}

/** Everything that was found, by the address the server knows it under. */
export interface Catalogue {
  readonly nodes: CatalogueNode[]
  readonly byAddress: Map<Address, CatalogueNode>
  /** Managed tables and materialized views by oid. */
  readonly relations: Map<number, Relation>
  /** Names of the columns of managed relations by `oid/number`. */
  readonly columns: Map<string, string>
}

export function createCatalogue(): Catalogue {
  return { nodes: [], byAddress: new Map(), relations: new Map(), columns: new Map() }
}

/** Adds a fact or an unmanaged object under each of its addresses. */
export function register(
  catalogue: Catalogue,
  content: AnyFact | Omit<Unmanaged, 'dependsOn'>,
  addresses: readonly Address[],
): CatalogueNode {
  const node: CatalogueNode = 'payload' in content ? { fact: content, uses: [] } : { unmanaged: content, uses: [] }
  catalogue.nodes.push(node)
  for (const each of addresses) catalogue.byAddress.set(each, node)
  return node
}

/** The node at an address; a column of something that has no columns of its own is that thing. */
export function nodeAt(catalogue: Catalogue, found: Address): CatalogueNode | undefined {
  const node = catalogue.byAddress.get(found)
  if (node !== undefined) return node
  const column = found.indexOf('/', found.indexOf('/') + 1)
  return column === -1 ? undefined : catalogue.byAddress.get(found.slice(0, column))
}

/** Qualified name for messages. */
export function describeNode(node: CatalogueNode): string {
  if (node.unmanaged !== undefined) return node.unmanaged.name
  const fact = node.fact
  if (fact === undefined) return ''
  const table = fact.parent === undefined ? '' : `${fact.parent.slice(fact.parent.indexOf(':') + 1)}.`
  return table === '' ? [fact.schema, fact.name].filter((part) => part !== '').join('.') : `${table}${fact.name}`
}

/** `{ key: value }` where there is a value, else nothing: what differs from the default is all that a payload holds. */
export function given<K extends string, V>(key: K, value: V | null | undefined | false): { readonly [P in K]?: V } {
  return value === null || value === undefined || value === false ? {} : ({ [key]: value } as { readonly [P in K]?: V })
}

/** `['fillfactor=70']` as an object. Keys of the TOAST table get a prefix. */
export function storageOptions(options: readonly string[] | null, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    (options ?? []).map((option) => {
      const cut = option.indexOf('=')
      return [prefix + option.slice(0, cut), option.slice(cut + 1)]
    }),
  )
}
