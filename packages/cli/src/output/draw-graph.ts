import type { Paint } from './paint.ts'

export const graphFormats = ['ascii', 'mermaid', 'dot', 'json'] as const
export type GraphFormat = (typeof graphFormats)[number]

export interface DrawnNode {
  readonly id: string
  readonly name: string
  readonly parents: readonly string[]
  readonly applied?: boolean
}

/** The graph as text; nodes come in topological order. */
export function drawGraph(nodes: readonly DrawnNode[], format: Exclude<GraphFormat, 'json'>, color: Paint): string {
  if (nodes.length === 0 && format === 'ascii') return 'There are no migrations yet.'
  const draw = { ascii: () => drawAscii(nodes, color), mermaid: () => drawMermaid(nodes), dot: () => drawDot(nodes) } satisfies Record<
    Exclude<GraphFormat, 'json'>,
    () => string
  >
  return draw[format]()
}

/** Newest first, one lane for each open branch, like `git log --graph`. */
function drawAscii(nodes: readonly DrawnNode[], color: Paint): string {
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
    lines.push(`${lanes.map((_, index) => (index === at ? mark : '│')).join(' ')}  ${node.name}`)
    const [first, ...rest] = node.parents
    if (first === undefined) lanes = lanes.filter((_, index) => index !== at)
    else {
      lanes = [...lanes.slice(0, at), first, ...lanes.slice(at + 1), ...rest]
      if (rest.length > 0)
        lines.push(`${lanes.map((_, index) => (index === at ? '├' : index >= lanes.length - rest.length ? '╮' : '│')).join(' ')}`)
    }
  }
  return lines.join('\n')
}

function drawMermaid(nodes: readonly DrawnNode[]): string {
  const key = new Map(nodes.map((node, index) => [node.id, `n${index}`]))
  const boxes = nodes.map(
    (node) => `  ${key.get(node.id)}["${node.name.replaceAll('"', '#quot;')}"]${node.applied === true ? ':::applied' : ''}`,
  )
  const arrows = nodes.flatMap((node) => node.parents.map((parent) => `  ${key.get(parent)} --> ${key.get(node.id)}`))
  return ['flowchart TD', ...boxes, ...arrows, '  classDef applied fill:#d3f5d8,stroke:#2b8a3e'].join('\n')
}

function drawDot(nodes: readonly DrawnNode[]): string {
  const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  const boxes = nodes.map(
    (node) => `  ${quote(node.id)} [label=${quote(node.name)}${node.applied === true ? ', style=filled, fillcolor="#d3f5d8"' : ''}];`,
  )
  const arrows = nodes.flatMap((node) => node.parents.map((parent) => `  ${quote(parent)} -> ${quote(node.id)};`))
  return ['digraph migrations {', '  node [shape=box];', ...boxes, ...arrows, '}'].join('\n')
}
