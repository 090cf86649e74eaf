import { type Document, isMap, isPair, isScalar, parseAllDocuments, type Pair, Scalar, type YAMLMap } from 'yaml'
import { createReport } from '../errors/report.ts'
import { parseShorthand } from '../field/parse-shorthand.ts'
import { printOptions, styledNode } from '../from-facts/yaml-style.ts'
import { readDocuments } from '../read/read-documents.ts'
import type { FieldObject } from '../schema/types.ts'
import { compactField } from './compact-field.ts'

export interface FormatOptions {
  /** `expand`: every field as an object; `compact`: one line wherever that loses nothing; `keep`: as it is. */
  readonly form: 'keep' | 'expand' | 'compact'
  /** For positions in errors. */
  readonly file?: string
}

/**
 * The file in the project's style, with its comments. Formatting twice changes nothing. Throws YAMA_ENTITY_INVALID for a
 * file that is not valid YAML; what the entities mean is not checked.
 */
export function formatEntityFile(text: string, { form, file = 'entities.yaml' }: FormatOptions): string {
  const report = createReport()
  readDocuments(text, file, report)
  report.throwIfAny()
  const parsed = parseAllDocuments(text, { logLevel: 'silent' })
  if ('empty' in parsed) return text
  for (const document of parsed)
    if (form !== 'keep') eachField(document as unknown as Document, (pair) => convert(document as unknown as Document, pair, form))
  return (parsed as unknown as Document[]).map((document) => document.toString(printOptions)).join('')
}

/** Every field as an object. */
export const expandEntities = (text: string): string => formatEntityFile(text, { form: 'expand' })
/** Every field in one line, where that loses nothing. */
export const compactEntities = (text: string): string => formatEntityFile(text, { form: 'compact' })

function eachField(document: Document, change: (pair: Pair) => void): void {
  for (const section of ['entities', 'schemas']) {
    const entities = document.get(section)
    if (!isMap(entities)) continue
    for (const entity of entities.items) {
      const fields = isPair(entity) && isMap(entity.value) ? entity.value.get('fields') : undefined
      if (!isMap(fields)) continue
      for (const field of fields.items) if (isPair(field)) change(field)
      // Objects in braces on one line would be unreadable, and shorthand with commas would break there.
      if (fields.items.some((field) => isMap(field.value))) fields.flow = false
    }
  }
}

function convert(document: Document, pair: Pair, form: 'expand' | 'compact'): void {
  if (form === 'expand' && isScalar(pair.value) && typeof pair.value.value === 'string')
    expand(document, pair, pair.value as Scalar<string>)
  if (form === 'compact' && isMap(pair.value)) compact(document, pair, pair.value)
}

function expand(document: Document, pair: Pair, scalar: Scalar<string>): void {
  const { object, problems } = parseShorthand(scalar.value)
  if (problems.length > 0 || Object.keys(object).some((key) => key.startsWith('earlier:'))) return
  const map = styledNode(document, object) as YAMLMap
  const notes = [scalar.commentBefore, scalar.comment].filter((note) => note != null)
  if (notes.length > 0) map.commentBefore = notes.join('\n')
  pair.value = map
}

function compact(document: Document, pair: Pair, map: YAMLMap): void {
  // A comment inside belongs to its key; there is no place for it in one line.
  const inner = map.items.some((item) =>
    [item.key, item.value].some(
      (node) =>
        typeof node === 'object' &&
        node !== null &&
        (('commentBefore' in node && node.commentBefore != null) || ('comment' in node && node.comment != null)),
    ),
  )
  if (inner && !onlyFirstComment(map)) return
  const short = compactField(map.toJS(document) as FieldObject)
  if (short === undefined) return
  const scalar = new Scalar(short)
  const first = map.items[0]?.key
  const note = map.commentBefore ?? map.comment ?? (isScalar(first) ? first.commentBefore : undefined)
  if (note != null) scalar.comment = note
  pair.value = scalar
}

/** The one comment that expanding makes: above the first key. */
function onlyFirstComment(map: YAMLMap): boolean {
  return (
    map.items.every((item, index) => {
      const notes = [item.key, item.value].flatMap((node) =>
        isScalar(node) ? [node.comment, node === item.key && index === 0 ? undefined : node.commentBefore] : [],
      )
      return notes.every((note) => note == null)
    }) && !(map.items[0] !== undefined && isScalar(map.items[0].key) && map.items[0].key.commentBefore?.includes('\n') === true)
  )
}
