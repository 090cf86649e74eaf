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

/** What fits one line is written on one: the entries of lists, and fields that take more than their shorthand. */
const ONE_LINE = 100

/** A value as a node in the style people write: short lists and entries on one line. `isField`: it is what a field says. */
export function styledNode(document: Document, value: unknown, key?: string, isField = false): Node {
  const node = document.createNode(value) as Node
  const style = (each: unknown, under: string | undefined, isEntry: boolean): void => {
    if (isSeq(each)) {
      for (const item of each.items) style(item, under, true)
      if (each.items.every((item) => isScalar(item)) && width(each) <= ONE_LINE) each.flow = true
    } else if (isMap(each)) {
      const holdsFields = under === 'fields'
      for (const item of each.items)
        if (isPair(item)) style(item.value, isScalar(item.key) ? String(item.key.value) : undefined, holdsFields)
      if ((isEntry || flowKeys.has(under ?? '')) && width(each) <= ONE_LINE) each.flow = true
    }
  }
  style(node, key, isField)
  return node
}
