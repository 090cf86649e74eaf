import type { AnyFact, FactId, Unmanaged } from '@yama/schema'
import { describeNode, nodeAt, type Catalogue, type CatalogueNode } from './catalogue.ts'

export interface DependencyRow {
  /** Addresses, as `address` writes them. */
  readonly user: string
  readonly used: string
}

/**
 * The server's own record of who needs whom, in one query. Left out: what belongs to an extension, what the server
 * makes by itself (`i`), namespaces (known already), and the sequence that an owner takes along, which would be a
 * cycle with the column's default. What the items of an operator class or family need, that one needs.
 */
export function dependenciesQuery(): string {
  const written = (prefix: string): string =>
    `${prefix}classid || '/' || ${prefix}objid || CASE ${prefix}objsubid WHEN 0 THEN '' ELSE '/' || ${prefix}objsubid END`
  return `SELECT ${written('')} AS "user", ${written('ref')} AS used FROM pg_depend
    WHERE objid >= 16384 AND refobjid >= 16384 AND deptype IN ('n', 'a') AND refclassid <> 'pg_namespace'::regclass
      AND classid NOT IN ('pg_amop'::regclass, 'pg_amproc'::regclass)
      AND NOT (deptype = 'a' AND classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
        AND objid IN (SELECT seqrelid FROM pg_sequence))
  UNION ALL
  SELECT ${written('o.ref')}, ${written('d.ref')} FROM pg_depend d JOIN pg_depend o ON o.classid = d.classid AND o.objid = d.objid AND o.refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
    WHERE d.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass) AND d.objid >= 16384 AND d.refobjid >= 16384 AND d.refclassid NOT IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass)`
}

export function addDependencies(catalogue: Catalogue, rows: readonly DependencyRow[]): void {
  for (const row of rows) {
    const user = nodeAt(catalogue, row.user)
    if (user === undefined) continue
    const used = nodeAt(catalogue, row.used)
    if (used !== undefined && used !== user) user.uses.push(used)
  }
}

/**
 * Whatever needs something unmanaged is unmanaged too, transitively, with the reason. A table does not follow its
 * columns: it is managed without them. They follow the table, and are not named beside it.
 */
export function spreadUnmanaged(nodes: readonly CatalogueNode[]): void {
  const queue = nodes.filter((node) => node.unmanaged !== undefined)
  if (queue.length === 0) return
  const users = new Map<CatalogueNode, CatalogueNode[]>()
  const members = new Map<FactId, CatalogueNode[]>()
  for (const node of nodes) {
    for (const used of node.uses) push(users, used, node)
    if (node.fact?.parent !== undefined) push(members, node.fact.parent, node)
  }
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const parts = members.get(next.fact?.id ?? '') ?? []
    for (const user of [...(users.get(next) ?? []), ...parts]) {
      if (user.unmanaged !== undefined || user.fact === undefined) continue
      user.unmanaged = {
        kind: user.fact.kind === 'view' && user.fact.payload.materialized ? 'materialized view' : user.fact.kind,
        name: describeNode(user),
        reason: `It depends on ${next.unmanaged?.kind ?? 'object'} ${describeNode(next)}.`,
        ...(user.fact.parent === undefined ? {} : { table: user.fact.parent }),
      }
      if (user.fact.kind === 'column' && parts.includes(user)) user.isNamed = false
      queue.push(user)
    }
  }
}

function push<K>(map: Map<K, CatalogueNode[]>, key: K, node: CatalogueNode): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [node])
  else list.push(node)
}

const NONE: readonly FactId[] = Object.freeze([])

function idsOf(node: CatalogueNode, parent: FactId | undefined): readonly FactId[] {
  if (node.uses.length === 0) return NONE
  const ids: FactId[] = []
  for (const { unmanaged, fact } of node.uses)
    if (unmanaged === undefined && fact !== undefined && fact.id !== parent && !ids.includes(fact.id)) ids.push(fact.id)
  return ids.sort()
}

export function managedFacts(nodes: readonly CatalogueNode[]): readonly AnyFact[] {
  const facts: AnyFact[] = []
  for (const node of nodes) {
    if (node.fact === undefined || node.unmanaged !== undefined) continue
    const dependsOn = idsOf(node, node.fact.parent)
    facts.push(dependsOn === NONE ? node.fact : { ...node.fact, dependsOn })
  }
  return facts
}

export function unmanagedObjects(nodes: readonly CatalogueNode[]): readonly Unmanaged[] {
  return nodes.flatMap((node) =>
    node.unmanaged === undefined || node.isNamed === false ? [] : [{ ...node.unmanaged, dependsOn: idsOf(node, undefined) }],
  )
}
