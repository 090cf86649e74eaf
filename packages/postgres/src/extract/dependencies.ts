import type { AnyFact, FactId, Unmanaged } from '@yama/schema'
import { address, describeNode, nodeAt, type Catalogue, type CatalogueNode } from './catalogue.ts'

export interface DependencyRow {
  readonly classid: number
  readonly objid: number
  readonly objsubid: number
  readonly refclassid: number
  readonly refobjid: number
  readonly refobjsubid: number
}

/**
 * The server's own record of who needs whom, in one query. Left out: what belongs to an extension, what the server
 * makes by itself (`i`), namespaces (known already), and the sequence that an owner takes along, which would be a
 * cycle with the column's default.
 */
export function dependenciesQuery(): string {
  return `SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid FROM pg_depend
    WHERE objid >= 16384 AND refobjid >= 16384 AND deptype IN ('n', 'a') AND refclassid <> 'pg_namespace'::regclass
      AND NOT (deptype = 'a' AND classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
        AND objid IN (SELECT seqrelid FROM pg_sequence))`
}

export function addDependencies(catalogue: Catalogue, rows: readonly DependencyRow[]): void {
  for (const row of rows) {
    const user = nodeAt(catalogue, address(row.classid, row.objid, row.objsubid))
    if (user === undefined) continue
    const used = nodeAt(catalogue, address(row.refclassid, row.refobjid, row.refobjsubid))
    if (used !== undefined && used !== user) user.uses.add(used)
  }
}

/**
 * Whatever needs something unmanaged is unmanaged too, transitively, with the reason. A table does not follow its
 * columns: it is managed without them.
 */
export function spreadUnmanaged(nodes: readonly CatalogueNode[]): void {
  const users = new Map<CatalogueNode, CatalogueNode[]>()
  for (const node of nodes) {
    for (const used of node.uses) {
      const list = users.get(used)
      if (list === undefined) users.set(used, [node])
      else list.push(node)
    }
  }
  const queue = nodes.filter((node) => node.unmanaged !== undefined)
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const user of users.get(next) ?? []) {
      if (user.unmanaged !== undefined || user.fact === undefined) continue
      user.unmanaged = {
        kind: user.fact.kind === 'view' && user.fact.payload.materialized ? 'materialized view' : user.fact.kind,
        name: describeNode(user),
        reason: `It depends on ${next.unmanaged?.kind ?? 'object'} ${describeNode(next)}.`,
        ...(user.fact.parent === undefined ? {} : { table: user.fact.parent }),
      }
      queue.push(user)
    }
  }
}

const idsOf = (node: CatalogueNode, parent: FactId | undefined): readonly FactId[] =>
  [...new Set([...node.uses].flatMap((used) => (used.unmanaged === undefined && used.fact !== undefined && used.fact.id !== parent ? [used.fact.id] : [])))].sort()

export function managedFacts(nodes: readonly CatalogueNode[]): readonly AnyFact[] {
  return nodes.flatMap((node): readonly AnyFact[] => {
    if (node.fact === undefined || node.unmanaged !== undefined) return []
    return [{ ...node.fact, dependsOn: idsOf(node, node.fact.parent) }]
  })
}

export function unmanagedObjects(nodes: readonly CatalogueNode[]): readonly Unmanaged[] {
  return nodes.flatMap((node) => (node.unmanaged === undefined ? [] : [{ ...node.unmanaged, dependsOn: idsOf(node, undefined) }]))
}
