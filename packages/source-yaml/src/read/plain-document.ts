import { flowValue, type FlowEntry } from './plain-flow.ts'
import { plainScalar } from './plain-scalar.ts'

/** A document as data, with the place of each key and item. */
export interface PlainDocument {
  readonly data: Readonly<Record<string, unknown>>
  /** Keys and indexes from the top, joined by NUL. */
  readonly paths: readonly string[]
  readonly lines: readonly number[]
  readonly columns: readonly number[]
}

interface Line {
  readonly number: number
  readonly indent: number
  readonly text: string
}

const KEY = /^([A-Za-z_][\w.$-]*):(?: +|$)/
/** Words that YAML does not take for a text, in any spelling. */
const WORD = /^(?:null|true|false)$/i
const BLANK = /^ *(?:#.*)?$/

/**
 * Reads the plainest YAML by itself: one document of block mappings and lists with scalars and flow collections that end on their line, which
 * is what `pull` writes. Undefined for anything else, a mistake included: the parser of YAML reads it then. What is read here is read there alike.
 */
export function plainDocument(text: string): PlainDocument | undefined {
  // Tabs, carriage returns and what nobody sees have rules of their own.
  if (/[^\n\x20-\x7e\xa1-\u167f\u1681-\u1fff\u2030-\u205e\u2060-\u2fff\u3001-\ud7ff\uf900-\ufefe]/.test(text)) return undefined
  // No key of an object; the other reader says so.
  if (text.includes('__proto__')) return undefined
  const lines: Line[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (BLANK.test(line)) continue
    const indent = line.length - line.trimStart().length
    lines.push({ number: at + 1, indent, text: line.slice(indent).trimEnd() })
  }
  if (lines.length === 0 || lines[0]?.indent !== 0) return undefined
  const reader = new Reader(lines)
  const data = reader.mapping(0, [])
  return data === undefined || !reader.ended ? undefined : { data, paths: reader.paths, lines: reader.lines, columns: reader.columns }
}

class Reader {
  readonly paths: string[] = []
  readonly lines: number[] = []
  readonly columns: number[] = []
  private at = 0
  private readonly source: readonly Line[]

  constructor(source: readonly Line[]) {
    this.source = source
  }

  get ended(): boolean {
    return this.at === this.source.length
  }

  /** The mapping that stands from this line on at this depth. */
  mapping(indent: number, path: readonly (string | number)[], first?: Line): Record<string, unknown> | undefined {
    const found: Record<string, unknown> = {}
    for (let line = first ?? this.source[this.at]; line !== undefined && line.indent >= indent; line = this.source[this.at]) {
      if (line.indent > indent) return undefined
      const key = KEY.exec(line.text)
      const name = key?.[1]
      if (key === null || name === undefined || WORD.test(name) || name === '__proto__' || Object.hasOwn(found, name)) return undefined
      const below = [...path, name]
      this.place(below, line.number, line.indent)
      this.at++
      const value = this.value(line, key[0].length, indent, below)
      if (value === undefined) return undefined
      found[name] = value
    }
    return found
  }

  private list(indent: number, path: readonly (string | number)[]): unknown[] | undefined {
    const found: unknown[] = []
    for (let line = this.source[this.at]; line !== undefined && line.indent >= indent; line = this.source[this.at]) {
      const mark = /^- +/.exec(line.text)?.[0].length
      if (line.indent > indent || mark === undefined) return undefined
      const below = [...path, found.length]
      this.place(below, line.number, line.indent + mark)
      const rest = line.text.slice(mark)
      let value: unknown
      if (KEY.test(rest)) value = this.mapping(indent + mark, below, { number: line.number, indent: indent + mark, text: rest })
      else if (rest.startsWith('- ')) return undefined
      else {
        this.at++
        value = this.value(line, mark, indent, below)
      }
      if (value === undefined) return undefined
      found.push(value)
    }
    return found
  }

  /** What stands behind a key or a mark on its line, or below it. */
  private value(line: Line, from: number, indent: number, path: readonly (string | number)[]): unknown {
    const rest = line.text.slice(from)
    const next = this.source[this.at]
    const deeper = next !== undefined && next.indent > indent
    if (rest === '') {
      // A list may stand as far left as its key.
      if (next !== undefined && next.indent === indent && next.text.startsWith('-')) return undefined
      if (!deeper) return null
      return next.text.startsWith('-') ? this.list(next.indent, path) : this.mapping(next.indent, path)
    }
    // A text that goes on.
    if (deeper) return undefined
    if (!rest.startsWith('{') && !rest.startsWith('[')) return plainScalar(rest)
    return flowValue(rest, path, (entry) => this.flowPlace(entry, line, from))
  }

  private flowPlace({ path, offset }: FlowEntry, line: Line, from: number): void {
    this.place(path, line.number, line.indent + from + offset)
  }

  private place(path: readonly (string | number)[], line: number, offset: number): void {
    this.paths.push(path.join('\0'))
    this.lines.push(line)
    this.columns.push(offset + 1)
  }
}
