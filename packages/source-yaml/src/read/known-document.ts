import { isAlias, isMap, isScalar, isSeq, type Node, visit } from 'yaml'
import { createReport } from '../errors/report.ts'
import type { EntityFileData } from '../schema/types.ts'
import { readDocuments } from './read-documents.ts'
import type { Path, SourceDocument } from './source-document.ts'
import type { Checked } from './validate-document.ts'

/** A document that was read and checked without a complaint, as plain data. */
export interface KnownDocument {
  readonly index: number
  readonly data: EntityFileData
  /** The path of each key and item, and its line and column. */
  readonly paths: readonly string[]
  readonly lines: readonly number[]
  readonly columns: readonly number[]
}

const keyOf = (path: Path): string => path.join('\0')

/** Undefined for what cannot be kept: anchors and aliases, the earlier format, and whatever had to be mended. */
export function knownDocument({ source, data, broken }: Checked): KnownDocument | undefined {
  let plain = broken.size === 0 && data.compat === undefined
  visit(source.yaml, {
    Alias: () => void (plain = false),
    Node: (_key, node) => void (plain &&= !('anchor' in node) || node.anchor === undefined),
  })
  if (!plain) return undefined
  const paths: string[] = []
  const lines: number[] = []
  const columns: number[] = []
  const walk = (node: Node | null | undefined, path: Path): void => {
    const children: (readonly [string | number, Node | null])[] = isMap(node)
      ? node.items.flatMap(({ key, value }) => (isScalar(key) ? [[String(key.value), value as Node | null] as const] : []))
      : isSeq(node)
        ? node.items.map((item, at) => [at, item as Node] as const)
        : []
    for (const [part, child] of children) {
      const below = [...path, part]
      const { line, column } = source.keyAt(below)
      paths.push(keyOf(below))
      lines.push(line)
      columns.push(column)
      if (child !== null && !isAlias(child)) walk(child, below)
    }
  }
  walk(source.yaml.contents as Node | null, [])
  return { index: source.index, data, paths, lines, columns }
}

/** The document again. Its text is parsed only where more is asked than the place of a key. */
export function fromKnownDocument(known: KnownDocument, file: string, text: string, statement: SourceDocument['fileText']): Checked {
  let last = 0
  let parsed: SourceDocument | undefined
  // The same text has the same documents.
  const parse = (): SourceDocument =>
    (parsed ??= readDocuments(text, file, createReport(), statement).find(({ index }) => index === known.index) as SourceDocument)
  const source: SourceDocument = {
    file,
    index: known.index,
    data: known.data,
    fileText: statement,
    get yaml() {
      return parse().yaml
    },
    at: (path, offset) => parse().at(path, offset),
    sourceOf: (path) => parse().sourceOf(path),
    keyAt(path) {
      const key = keyOf(path)
      // Places are asked for in the order in which they stand, nearly.
      let at = known.paths.indexOf(key, last)
      if (at === -1) at = known.paths.indexOf(key)
      if (at === -1) return parse().keyAt(path)
      last = at
      return { file, line: known.lines[at] ?? 1, column: known.columns[at] ?? 1 }
    },
  }
  return { source, data: known.data, broken: new Set() }
}
