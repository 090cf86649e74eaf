import type { SourcePosition } from '@yama/core'
import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type LineCounter, type Node, type Pair, type YAMLMap } from 'yaml'

export type Path = readonly (string | number)[]

/** One YAML document of a file, with the way from a path to its place in the text. */
export interface SourceDocument {
  readonly file: string
  /** Index of the document in its file. */
  readonly index: number
  readonly yaml: Document
  readonly data: unknown
  /** Where the value stands; `offset` counts characters into a plain or quoted scalar. Falls back to the nearest that exists. */
  at(path: Path, offset?: number): SourcePosition
  /** Where the last key of the path stands. */
  keyAt(path: Path): SourcePosition
  /** The text of a file beside this one, where it was read. */
  fileText(file: string): string | undefined
  /** The text of a scalar as written. */
  sourceOf(path: Path): string | undefined
}

interface Found {
  readonly key: Node | undefined
  readonly value: Node | undefined
  readonly complete: boolean
}

const indexed = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()

/** By key: a file of thousands of views is asked for the place of each. Documents do not change once they are read. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = indexed.get(map)
  if (known !== undefined) return known
  const found = new Map<string, Pair>()
  for (const item of map.items) {
    const key = isPair(item) && isScalar(item.key) ? String(item.key.value) : undefined
    if (key !== undefined && !found.has(key)) found.set(key, item)
  }
  indexed.set(map, found)
  return found
}

function find(yaml: Document, path: Path): Found {
  let node = yaml.contents as Node | null
  let key: Node | undefined
  let value: Node | undefined = node ?? undefined
  for (const part of path) {
    if (isAlias(node)) node = (node.resolve(yaml) as Node | undefined) ?? null
    if (isMap(node)) {
      const pair = pairsOf(node).get(String(part))
      if (pair === undefined) return { key, value, complete: false }
      key = pair.key as Node
      value = (pair.value as Node | null) ?? undefined
      node = (pair.value as Node | null) ?? null
    } else if (isSeq(node)) {
      const item = node.items[Number(part)] as Node | undefined
      if (item === undefined) return { key, value, complete: false }
      key = item
      value = item
      node = item
    } else {
      return { key, value, complete: false }
    }
  }
  return { key, value, complete: true }
}

export function sourceDocument(
  file: string,
  index: number,
  text: string,
  yaml: Document,
  counter: LineCounter,
  data: unknown,
  fileText: (file: string) => string | undefined = () => undefined,
): SourceDocument {
  const position = (offset: number): SourcePosition => {
    const { line, col } = counter.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const start = (node: Node | undefined): number | undefined => node?.range?.[0]
  return {
    file,
    index,
    yaml,
    data,
    fileText,
    at(path, offset = 0) {
      const { key, value, complete } = find(yaml, path)
      const from = start(value) ?? start(key) ?? 0
      if (!complete || offset === 0 || !isScalar(value)) return position(from)
      const quoted = value.type === 'QUOTE_DOUBLE' || value.type === 'QUOTE_SINGLE'
      const written = text.slice(from, value.range?.[1])
      // A folded, escaped or block scalar has no fixed distance between value and text.
      if (written.includes('\n') || (quoted && written.slice(1, -1) !== value.value)) return position(from)
      return position(from + offset + (quoted ? 1 : 0))
    },
    keyAt(path) {
      const { key, value } = find(yaml, path)
      return position(start(key) ?? start(value) ?? 0)
    },
    sourceOf(path) {
      const { value } = find(yaml, path)
      return isScalar(value) && value.range != null ? text.slice(value.range[0], value.range[1]) : undefined
    },
  }
}
