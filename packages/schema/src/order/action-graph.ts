import type { Action } from '../contract/action.ts'
import { childrenOf, dependenciesOf, dependentsOf } from '../facts/base-index.ts'
import type { AnyFact, Fact, FactBase, FactId, FactKind } from '../facts/fact.ts'
import { ownName } from '../facts/object-name.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'
import { addEdge, type OrderGraph } from './order-graph.ts'

export interface OrderBases {
  /** The state that the actions start from, renames done. */
  readonly before: FactBase
  readonly after: FactBase
  /** Foreign keys stand in their table's text and name whatever they like: SQLite. */
  readonly foreignKeysInline?: boolean
}

interface Roles {
  readonly produce: Map<FactId, number[]>
  readonly destroy: Map<FactId, number[]>
  readonly release: Map<FactId, number[]>
  readonly alter: Map<FactId, number[]>
  readonly dropName: Map<string, number[]>
}
const NONE: readonly number[] = []
const NONE_IDS: readonly FactId[] = []

/**
 * Which node waits for which: teardown from the old state's dependencies, build from the new state's, alters in between, and
 * dropping something before another thing takes its identity or its name. A node is a list of actions that stay together.
 */
export function actionGraph(nodes: readonly (readonly Action[])[], bases: OrderBases): OrderGraph {
  const graph: OrderGraph = { size: nodes.length, next: nodes.map(() => []) }
  const roles = collectRoles(nodes, bases)
  const sequences = new Map<string, number>()
  nodes.forEach((actions, node) => {
    for (const action of actions) {
      if (action.sequence !== undefined) {
        addEdge(graph, sequences.get(action.sequence) ?? node, node, 'hard')
        sequences.set(action.sequence, node)
      }
      for (const id of action.produces) build(graph, node, action, id, roles, bases)
      for (const id of action.destroys) teardown(graph, node, action, id, roles, bases)
      for (const id of action.consumes) {
        link(graph, roles.produce.get(id), node)
        // Where it goes and does not come back, it is needed before it goes.
        if (!roles.produce.has(id)) for (const other of roles.destroy.get(id) ?? NONE) addEdge(graph, node, other, 'hard')
      }
      for (const id of action.after ?? NONE_IDS) {
        link(graph, roles.produce.get(id), node, 'soft')
        link(graph, roles.alter.get(id), node, 'soft')
        if (!bases.after.facts.has(id)) link(graph, roles.destroy.get(id), node, 'soft')
      }
      for (const id of action.releases) for (const other of roles.destroy.get(id) ?? NONE) addEdge(graph, node, other, 'hard')
      if (altered(action)) alter(graph, node, action.because.fact, roles, bases)
    }
  })
  return graph
}

/** True where the action changes its fact in place. */
function altered({ because, produces, destroys }: Action): boolean {
  return because.change === 'alter' && !produces.includes(because.fact) && !destroys.includes(because.fact)
}

function build(
  graph: OrderGraph,
  node: number,
  action: Action,
  id: FactId,
  roles: Roles,
  { after, foreignKeysInline = false }: OrderBases,
): void {
  link(graph, roles.destroy.get(id), node)
  const fact = after.facts.get(id)
  if (fact === undefined) return
  for (const name of sharedNames(fact)) link(graph, roles.dropName.get(name), node, 'soft')
  // Inside CREATE TABLE it may name a table that comes later; several in one ALTER TABLE may not.
  const isInline = isForeignKey(fact) && (foreignKeysInline || (fact.parent !== undefined && action.produces.includes(fact.parent)))
  const soft = isInline ? 'soft' : 'hard'
  for (const needed of dependenciesOf(after, id)) {
    link(graph, roles.produce.get(needed), node, soft)
    // Two tables that refer to each other may each be altered to do so, and a sequence may be given to the column that takes numbers from it.
    const kind = after.facts.get(needed)?.kind
    const isFree = kind === 'sequence' || (kind === 'table' && isForeignKey(fact))
    link(graph, roles.alter.get(needed), node, isFree ? 'soft' : soft)
  }
  if (fact.parent === undefined) return
  link(graph, roles.produce.get(fact.parent), node)
  link(graph, roles.alter.get(fact.parent), node, 'soft')
}

function teardown(
  graph: OrderGraph,
  node: number,
  action: Action,
  id: FactId,
  roles: Roles,
  { before, foreignKeysInline = false }: OrderBases,
): void {
  for (const dependent of dependentsOf(before, id)) {
    const fact = before.facts.get(dependent)
    const isKey = fact !== undefined && isForeignKey(fact)
    for (const other of roles.destroy.get(dependent) ?? NONE)
      addEdge(graph, other, node, (isKey ? foreignKeysInline : goesWithParent(fact, other, roles)) ? 'soft' : 'hard')
    link(graph, roles.alter.get(dependent), node, 'soft')
  }
  for (const child of childrenOf(before, id)) link(graph, roles.destroy.get(child.id), node)
}

/** What goes with its table may name what reads that table, or what goes after it: a trigger over a view of its own table, or over a table that refers to it. */
const goesWithParent = (fact: AnyFact | undefined, node: number, roles: Roles): boolean =>
  (roles.destroy.get(fact?.parent ?? '') ?? NONE).includes(node)

function alter(graph: OrderGraph, node: number, id: FactId, roles: Roles, { before, after }: OrderBases): void {
  for (const name of namesOnlyIn(after, before, id)) link(graph, roles.dropName.get(name), node, 'soft')
  const kind = before.facts.get(id)?.kind
  for (const dependent of dependentsOf(before, id)) {
    const fact = before.facts.get(dependent)
    // A table that is changed so that it refers to another no more may be referred to by that one, which goes.
    const isKey = kind === 'table' && fact !== undefined && isForeignKey(fact)
    // A sequence may be changed whoever takes numbers from it, and has to leave a column that goes.
    const isFree = kind === 'sequence' || isKey
    for (const other of roles.destroy.get(dependent) ?? NONE)
      addEdge(graph, other, node, isFree || goesWithParent(fact, other, roles) ? 'soft' : 'hard')
  }
  for (const needed of dependenciesOf(after, id)) {
    link(graph, roles.produce.get(needed), node)
    link(graph, roles.alter.get(needed), node, 'soft')
  }
}

function link(graph: OrderGraph, from: readonly number[] | undefined, to: number, strength: 'hard' | 'soft' = 'hard'): void {
  for (const node of from ?? NONE) addEdge(graph, node, to, strength)
}

function collectRoles(nodes: readonly (readonly Action[])[], { before, after }: OrderBases): Roles {
  const roles: Roles = { produce: new Map(), destroy: new Map(), release: new Map(), alter: new Map(), dropName: new Map() }
  nodes.forEach((actions, node) => {
    for (const action of actions) {
      for (const id of action.produces) push(roles.produce, id, node)
      for (const id of action.destroys) {
        push(roles.destroy, id, node)
        for (const name of sharedNames(before.facts.get(id))) push(roles.dropName, name, node)
      }
      if (!altered(action)) continue
      const { fact } = action.because
      push(roles.alter, fact, node)
      for (const name of namesOnlyIn(before, after, fact)) push(roles.dropName, name, node)
    }
  })
  return roles
}

const NAMED: ReadonlySet<FactKind> = new Set([
  'table',
  'view',
  'index',
  'sequence',
  'constraint',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
])

/**
 * Tables, views, indexes, sequences, types, and the indexes behind keys share one space of names per schema on one server or another, and so do the
 * sequences of columns; so do the triggers of all tables (MySQL, MariaDB, SQLite), and their checks and foreign keys (MySQL).
 */
function sharedNames(fact: AnyFact | undefined): readonly string[] {
  if (fact === undefined) return []
  if (fact.kind === 'column') return fact.payload.identity === undefined ? [] : [`${fact.schema}\0${sequenceName(fact)}`]
  if (fact.kind === 'trigger') return [`trigger\0${fact.schema}\0${fact.name}`]
  if (fact.kind === 'object') return fact.name.startsWith('foreign table ') ? [`${fact.schema}\0${ownName(fact.name)}`] : []
  if (!NAMED.has(fact.kind)) return []
  if (fact.kind === 'constraint' && (fact.payload.type === 'foreign' || fact.payload.type === 'check'))
    return [`${fact.payload.type}\0${fact.schema}\0${fact.name}`]
  return [`${fact.schema}\0${fact.name}`]
}

/** That of the sequence behind a column; where it is not stated, the one that it usually has. */
function sequenceName({ id, name, payload }: Fact<'column'>): string {
  return payload.identity?.sequence ?? `${parseFactId(id).table ?? ''}_${name}_seq`
}

/** What a fact that changes is the only one to be called in one of the two states. */
function namesOnlyIn(one: FactBase, other: FactBase, id: FactId): readonly string[] {
  const others = sharedNames(other.facts.get(id))
  return sharedNames(one.facts.get(id)).filter((name) => !others.includes(name))
}

function isForeignKey(fact: AnyFact): boolean {
  return fact.kind === 'constraint' && fact.payload.type === 'foreign'
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else if (known.at(-1) !== value) known.push(value)
}
