import type { Paint } from './paint.ts'

export const graphFormats = ['ascii', 'mermaid', 'dot', 'json'] as const
export type GraphFormat = (typeof graphFormats)[number]

export interface DrawnNode {
  readonly id: string
  readonly name: string
  readonly parents: readonly string[]
  readonly level?: number
  readonly applied?: boolean
  /** Environments that have it, of those that were asked. */
  readonly appliedIn?: readonly string[]
  /** Git branches that have it, where not all have. */
  readonly branches?: readonly string[]
}

export interface DrawnConflict {
  readonly one: string
  readonly other: string
  readonly object: string
}

export interface DrawOptions {
  /** Pairs to be joined by a line of their own. */
  readonly conflicts?: readonly DrawnConflict[]
  /** Say of each how many others it needs one after the other. */
  readonly levels?: boolean
}

/** The graph as text; nodes come in topological order. */
export function drawGraph(
  nodes: readonly DrawnNode[],
  format: Exclude<GraphFormat, 'json'>,
  color: Paint,
  { conflicts = [], levels = false }: DrawOptions = {},
): string {
  if (nodes.length === 0 && format === 'ascii') return 'There are no migrations yet.'
  const draw = {
    ascii: () => drawAscii(nodes, color, levels),
    mermaid: () => drawMermaid(nodes, conflicts, levels),
    dot: () => drawDot(nodes, conflicts, levels),
  } satisfies Record<Exclude<GraphFormat, 'json'>, () => string>
  return draw[format]()
}

/** What is known of a node besides its name. */
function about({ level, appliedIn, branches }: DrawnNode, levels: boolean): readonly string[] {
  return [
    ...(levels && level !== undefined ? [`level ${level}`] : []),
    ...(branches === undefined || branches.length === 0 ? [] : [branches.join(', ')]),
    ...(appliedIn === undefined ? [] : [appliedIn.length === 0 ? 'applied nowhere' : `applied in ${appliedIn.join(', ')}`]),
  ]
}

/** Newest first, one lane for each open branch, like `git log --graph`. */
function drawAscii(nodes: readonly DrawnNode[], color: Paint, levels: boolean): string {
  const lines: string[] = []
  let lanes: string[] = []
  for (const node of nodes.toReversed()) {
    let at = lanes.indexOf(node.id)
    if (at < 0) {
      at = lanes.length
      lanes = [...lanes, node.id]
    }
    const mark = node.applied === undefined ? '●' : node.applied ? color.green('●') : color.yellow('○')
    const others = lanes.filter((lane) => lane === node.id).length > 1
    if (others) lines.push(lanes.map((lane, index) => (lane === node.id ? (index === at ? '├' : '╯') : '│')).join(' '))
    lanes = lanes.filter((lane, index) => lane !== node.id || index === at)
    const known = about(node, levels)
    const rest = known.length === 0 ? '' : color.dim(`  (${known.join('; ')})`)
    lines.push(`${lanes.map((_, index) => (index === at ? mark : '│')).join(' ')}  ${node.name}${rest}`)
    const [first, ...more] = node.parents
    if (first === undefined) lanes = lanes.filter((_, index) => index !== at)
    else {
      lanes = [...lanes.slice(0, at), first, ...lanes.slice(at + 1), ...more]
      if (more.length > 0)
        lines.push(`${lanes.map((_, index) => (index === at ? '├' : index >= lanes.length - more.length ? '╮' : '│')).join(' ')}`)
    }
  }
  return lines.join('\n')
}

const isApplied = ({ applied, appliedIn = [] }: DrawnNode): boolean => applied === true || appliedIn.length > 0

function drawMermaid(nodes: readonly DrawnNode[], conflicts: readonly DrawnConflict[], levels: boolean): string {
  const key = new Map(nodes.map((node, index) => [node.id, `n${index}`]))
  const quoted = (text: string): string => text.replaceAll('"', '#quot;')
  const boxes = nodes.map((node) => {
    const label = [node.name, ...about(node, levels)].map(quoted).join('<br>')
    return `  ${key.get(node.id)}["${label}"]${isApplied(node) ? ':::applied' : ''}`
  })
  const arrows = nodes.flatMap((node) => node.parents.map((parent) => `  ${key.get(parent)} --> ${key.get(node.id)}`))
  const crossed = conflicts.map(({ one, other, object }) => `  ${key.get(one)} x-. "${quoted(object)}" .-x ${key.get(other)}`)
  return ['flowchart TD', ...boxes, ...arrows, ...crossed, '  classDef applied fill:#d3f5d8,stroke:#2b8a3e'].join('\n')
}

function drawDot(nodes: readonly DrawnNode[], conflicts: readonly DrawnConflict[], levels: boolean): string {
  const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
  const boxes = nodes.map((node) => {
    const label = quote([node.name, ...about(node, levels)].join('\n'))
    return `  ${quote(node.id)} [label=${label}${isApplied(node) ? ', style=filled, fillcolor="#d3f5d8"' : ''}];`
  })
  const arrows = nodes.flatMap((node) => node.parents.map((parent) => `  ${quote(parent)} -> ${quote(node.id)};`))
  const crossed = conflicts.map(
    ({ one, other, object }) =>
      `  ${quote(one)} -> ${quote(other)} [dir=none, style=dashed, color="#c92a2a", constraint=false, label=${quote(object)}];`,
  )
  return ['digraph migrations {', '  node [shape=box];', ...boxes, ...arrows, ...crossed, '}'].join('\n')
}
