import type { Action } from '../contract/action.ts'
import { schemaErrors } from '../errors/errors.ts'
import { actionGraph, type OrderBases } from './action-graph.ts'
import { actionWeight } from './action-weight.ts'
import { sortGraph } from './order-graph.ts'

/**
 * The actions in an order in which they can run: renames first as given, then everything else by one graph over both states, ties by
 * weight, then id. Linear in actions and dependencies. Throws YAMA_SCHEMA_CYCLE with the path where no order exists.
 */
export function orderActions(actions: readonly Action[], bases: OrderBases): readonly Action[] {
  const renames = actions.filter((action) => action.because.change === 'rename')
  const nodes = joinTogether(actions.filter((action) => action.because.change !== 'rename'))
  const result = sortGraph(actionGraph(nodes, bases), ranks(nodes))
  if ('circle' in result) {
    const titles = result.circle.map((node) => nodes[node]?.[0]?.title ?? '')
    throw schemaErrors.YAMA_SCHEMA_CYCLE({ path: [...titles, titles[0] ?? ''].join(' → ') })
  }
  return [...renames, ...result.order.flatMap((node) => nodes[node] ?? [])]
}

function joinTogether(actions: readonly Action[]): readonly (readonly Action[])[] {
  const nodes: Action[][] = []
  const groups = new Map<string, Action[]>()
  for (const action of actions) {
    const group = action.together === undefined ? undefined : groups.get(action.together)
    if (group !== undefined) {
      if (action.ahead === true) group.splice(group.filter((each) => each.ahead === true).length, 0, action)
      else group.push(action)
      continue
    }
    const node = [action]
    nodes.push(node)
    if (action.together !== undefined) groups.set(action.together, node)
  }
  return nodes
}

function ranks(nodes: readonly (readonly Action[])[]): readonly number[] {
  const keys = nodes.map((actions, node) => ({ node, weight: Math.min(...actions.map(actionWeight)), id: actions[0]?.because.fact ?? '' }))
  keys.sort((a, b) => a.weight - b.weight || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.node - b.node))
  const rank = Array.from<number>({ length: nodes.length })
  keys.forEach(({ node }, index) => (rank[node] = index))
  return rank
}
