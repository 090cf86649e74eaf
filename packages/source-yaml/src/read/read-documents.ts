import { type Document, isMap, isScalar, LineCounter, parseAllDocuments, visit, type YAMLError } from 'yaml'
import type { SourcePosition } from '@yama/core'
import type { Report } from '../errors/report.ts'
import { keepDigits } from './keep-digits.ts'
import { mendFlowTrap } from './mend-flow-trap.ts'
import { type SourceDocument, sourceDocument } from './source-document.ts'

/** Parses every document of one file; mistakes of YAML itself go to the report, and such a document is left out. */
export function readDocuments(
  text: string,
  file: string,
  report: Report,
  statement?: (name: string) => string | undefined,
): readonly SourceDocument[] {
  const counter = new LineCounter()
  const parsed = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true, logLevel: 'silent' })
  const list: readonly Document.Parsed[] = 'empty' in parsed ? [] : parsed
  const place = (offset: number): SourcePosition => {
    const { line, col } = counter.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const documents: SourceDocument[] = []
  for (const [index, yaml] of list.entries()) {
    let usable = true
    const mended = mendFlowTrap(yaml, text, report, place)
    for (const problem of yaml.errors) {
      if (mended.some(([from, to]) => problem.pos[0] >= from && problem.pos[0] <= to)) continue
      if (problem.code === 'DUPLICATE_KEY') {
        reportProblem(problem, text, place, report)
      } else {
        // What the parser says after its first complaint is mostly a consequence of it.
        if (usable) reportProblem(problem, text, place, report)
        usable = false
      }
    }
    if (!reportTagsAndAliases(yaml, text, place, report)) usable = false
    if (!usable || yaml.contents === null) continue
    if (!isMap(yaml.contents)) {
      const found = Array.isArray(yaml.toJS()) ? 'a list' : 'a single value'
      report.error(
        'YAMA_ENTITY_SHAPE',
        { where: 'An entity file', expected: 'a mapping with keys such as `entities:`', found },
        place(yaml.contents.range[0]),
      )
      continue
    }
    keepDigits(yaml)
    documents.push(sourceDocument(file, index, text, yaml, counter, yaml.toJS({ maxAliasCount: 1000 }), statement))
  }
  return documents
}

function reportProblem(problem: YAMLError, text: string, place: (offset: number) => SourcePosition, report: Report): void {
  const [from] = problem.pos
  switch (problem.code) {
    case 'DUPLICATE_KEY': {
      const key = /^(?:"([^"\n]*)"|'([^'\n]*)'|([^:\s]+))/.exec(text.slice(from))
      report.error('YAMA_ENTITY_DUPLICATE_KEY', { key: key?.[1] ?? key?.[2] ?? key?.[3] ?? '' }, place(from))
      return
    }
    case 'TAB_AS_INDENT':
      report.error('YAMA_ENTITY_TAB', {}, place(from))
      return
    default: {
      // A tab between tokens comes under several codes of the parser.
      if (text[from] === '\t' || text.startsWith('\t', text.lastIndexOf('\n', from - 1) + 1))
        return report.error('YAMA_ENTITY_TAB', {}, place(from))
      // The parser notices an open quote at the end of the file; the mistake is where it opens.
      const quote = /^Missing closing (["'])/.exec(problem.message)?.[1]
      const line = text.slice(text.lastIndexOf('\n', from - 1) + 1)
      const start =
        quote !== undefined
          ? text.lastIndexOf(quote, from - 1)
          : problem.code === 'BAD_INDENT' && text[from] === ' '
            ? from + (/^ */.exec(line)?.[0].length ?? 0)
            : from
      const sentence = problem.message.replace(/closing (["'])quote/, 'closing $1').split('\n')[0] ?? problem.code
      report.error('YAMA_ENTITY_YAML', { problem: /[.!?]$/.test(sentence) ? sentence : `${sentence}.` }, place(start))
    }
  }
}

/** `name: !string` and `name: ! string` parse; nothing in an entity has a use for tags. False where an alias has no anchor. */
function reportTagsAndAliases(yaml: Document.Parsed, text: string, place: (offset: number) => SourcePosition, report: Report): boolean {
  let resolved = true
  visit(yaml, {
    Alias(_key, node) {
      if (node.resolve(yaml) !== undefined) return
      resolved = false
      report.error('YAMA_ENTITY_YAML', { problem: `the alias *${node.source} has no anchor.` }, place(node.range?.[0] ?? 0))
    },
    Pair(_key, { key }) {
      // JavaScript takes it for something else than a key, and what it says would be passed over.
      if (!isScalar(key) || key.value !== '__proto__') return
      const fix = 'No file can have it: choose another key, and give the name of the column or object beside it.'
      report.error('YAMA_ENTITY_UNKNOWN_KEY', { where: 'A mapping', key: '__proto__', fix }, place(key.range?.[0] ?? 0))
    },
    Node(_key, node) {
      if (!('tag' in node) || typeof node.tag !== 'string' || node.range == null) return
      const before = text.slice(0, node.range[0]).trimEnd()
      const tag = /![^\s]*$/.exec(before)?.[0]
      if (tag === undefined) return
      report.error('YAMA_ENTITY_TAG', { tag }, place(before.length - tag.length))
      // Read on as if the mark stood where it belongs, so that nothing else complains about it.
      if (isScalar(node)) node.value = tag === '!' ? `${String(node.value)}!` : `${tag.slice(1)}! ${String(node.value ?? '')}`.trim()
    },
  })
  return resolved
}
