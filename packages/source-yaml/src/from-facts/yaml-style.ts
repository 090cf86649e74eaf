import { type Document, isMap, isPair, isScalar, isSeq, type Node, visit } from 'yaml'

const flowKeys: ReadonlySet<string> = new Set(['type', 'default', 'references', 'identity', 'options', 'materialized', 'overrides'])
export const printOptions = {
  lineWidth: 0,
  flowCollectionPadding: true,
  indentSeq: true,
  blockQuote: 'literal',
  singleQuote: false,
} as const

const width = (node: Node): number => {
  let size = 0
  let breaks = false
  visit(node, {
    Scalar(_key, scalar) {
      const text = String(scalar.value)
      size += text.length + 4
      breaks ||= text.includes('\n')
    },
  })
  return breaks ? Number.POSITIVE_INFINITY : size
}

/** A value as a node in the style people write: short lists and entries on one line. */
export function styledNode(document: Document, value: unknown, key?: string): Node {
  const node = document.createNode(value) as Node
  const style = (each: unknown, under: string | undefined, inList: boolean): void => {
    if (isSeq(each)) {
      for (const item of each.items) style(item, under, true)
      if (each.items.every((item) => isScalar(item)) && width(each) <= 100) each.flow = true
    } else if (isMap(each)) {
      for (const item of each.items) if (isPair(item)) style(item.value, isScalar(item.key) ? String(item.key.value) : undefined, false)
      if ((inList || flowKeys.has(under ?? '')) && width(each) <= 100) each.flow = true
    }
  }
  style(node, key, false)
  return node
}
