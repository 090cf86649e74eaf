import type { SourcePosition } from '@yama/core'
import type { $ZodIssue } from 'zod/v4/core'
import { didYouMean } from '../errors/did-you-mean.ts'
import type { Report } from '../errors/report.ts'
import type { EntityFileData } from '../schema/types.ts'
import { describePath, describeValue } from './describe.ts'
import { fromEarlierFormat } from './earlier-format.ts'
import { keyHint } from './key-hint.ts'
import type { Path, SourceDocument } from './source-document.ts'

export interface Checked {
  /** Its positions take paths of `data`. */
  readonly source: SourceDocument
  readonly data: EntityFileData
  /** Paths that were refused and taken out, as `a.b.c`, so that nothing complains about them a second time. */
  readonly broken: ReadonlySet<string>
}

const get = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[part] : undefined),
    value,
  )

function remove(root: unknown, path: Path): void {
  const parent = get(root, path.slice(0, -1))
  const last = path.at(-1)
  if (typeof parent !== 'object' || parent === null || last === undefined) return
  // A list keeps its length, so that the paths of its other items stay true.
  if (Array.isArray(parent)) parent[Number(last)] = undefined
  else delete (parent as Record<string | number, unknown>)[last]
}

/** Zod says `invalid_union`; people want the complaint of the branch they meant. */
function meant(issue: $ZodIssue): readonly $ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const branches = issue.errors.map((branch) => branch.flatMap(meant))
  const inner = branches.filter(
    (branch) => !branch.some((each) => each.path.length === 0 && (each.code === 'invalid_type' || each.code === 'invalid_value')),
  )
  const best = inner.toSorted((a, b) => a.length - b.length)[0]
  if (best !== undefined) return best.map((each) => ({ ...each, path: [...issue.path, ...each.path] }))
  const expected = branches.flatMap((branch) => branch.filter((each) => each.path.length === 0))
  const words = [
    ...new Set(
      expected.flatMap((each) =>
        each.code === 'invalid_type'
          ? [describeValue.expected(each.expected)]
          : each.code === 'invalid_value'
            ? each.values.map((value) => `\`${String(value)}\``)
            : [],
      ),
    ),
  ]
  return [{ code: 'custom', path: issue.path, message: words.join(' or '), input: issue.input }]
}

/** Checks the shape of a document; every mistake is reported at its place and taken out of the data. */
export async function validateDocument(document: SourceDocument, report: Report): Promise<Checked> {
  const { entityFile } = await import('../schema/file-schema.ts')
  const isEarlier =
    typeof document.data === 'object' && document.data !== null && 'compat' in document.data && document.data.compat === 'yamajs'
  const earlier = isEarlier ? fromEarlierFormat(document, report) : undefined
  const data = structuredClone(earlier?.data ?? document.data)
  const original = new WeakMap<object, number[]>()
  const source = translated(document, data, original, earlier?.back)
  const broken = new Set<string>()
  for (let round = 0; round < 20; round++) {
    const result = entityFile.safeParse(data)
    if (result.success) return { source, data: result.data, broken }
    const issues = result.error.issues.flatMap(meant)
    const mistyped = new Set(issues.filter((issue) => issue.code === 'unrecognized_keys').map((issue) => issue.path.join('.')))
    for (const issue of issues) {
      const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
      const parent = path.slice(0, -1)
      // A key that is missing because it is mistyped, or because its value was refused, is one mistake.
      const known =
        issue.code !== 'unrecognized_keys' &&
        get(data, path) === undefined &&
        typeof path.at(-1) === 'string' &&
        (mistyped.has(parent.join('.')) || broken.has(path.join('.')))
      const emptied = issue.code === 'too_small' && [...broken].some((each) => each.startsWith(`${path.join('.')}.`))
      for (const gone of emptied ? [path] : known ? [parent] : reportIssue(issue, path, data, source, report)) {
        broken.add(gone.join('.'))
        remove(data, gone)
      }
    }
    compactLists(data, original)
  }
  return { source, data: {}, broken }
}

/** Items that were taken out leave holes until the round is over; `original` remembers where the others stood. */
function compactLists(value: unknown, original: WeakMap<object, number[]>): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value) && value.includes(undefined)) {
    const places = original.get(value) ?? value.map((_, index) => index)
    for (let index = value.length - 1; index >= 0; index--) {
      if (value[index] !== undefined) continue
      value.splice(index, 1)
      places.splice(index, 1)
    }
    original.set(value, places)
  }
  for (const each of Object.values(value)) compactLists(each, original)
}

function translated(
  source: SourceDocument,
  data: unknown,
  original: WeakMap<object, number[]>,
  earlier: (path: Path) => Path = (path) => path,
): SourceDocument {
  const back = (path: Path): Path => {
    let at = data
    return earlier(
      path.map((part) => {
        const places = typeof at === 'object' && at !== null ? original.get(at) : undefined
        at = get(at, [part])
        return places === undefined ? part : (places[Number(part)] ?? part)
      }),
    )
  }
  return {
    ...source,
    at: (path, offset) => source.at(back(path), offset),
    keyAt: (path) => source.keyAt(back(path)),
    sourceOf: (path) => source.sourceOf(back(path)),
  }
}

function reportIssue(issue: $ZodIssue, path: Path, data: unknown, source: SourceDocument, report: Report): readonly Path[] {
  const where = describePath(path)
  const found = get(data, path)
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ')
    for (const key of issue.keys)
      report.error('YAMA_ENTITY_UNKNOWN_KEY', { where, key, fix: keyHint(key, known) }, source.keyAt([...path, key]))
    return issue.keys.map((key) => [...path, key])
  }
  const position = (): SourcePosition => (found === null && source.sourceOf(path) === '' ? source.keyAt(path) : source.at(path))
  if (found === undefined && !(path.at(-1) !== undefined && typeof path.at(-1) === 'number')) {
    const parent = path.slice(0, -1)
    report.error('YAMA_ENTITY_KEY_MISSING', { where: describePath(parent), key: String(path.at(-1)) }, source.keyAt(parent))
    return [parent]
  }
  const wantsText =
    issue.code === 'custom'
      ? issue.message.includes('text') && !issue.message.includes('a number')
      : issue.code === 'invalid_type' && issue.expected === 'string'
  const written = source.sourceOf(path)
  if (wantsText && written !== undefined && written !== '' && typeof found !== 'string' && (found === null || typeof found !== 'object')) {
    report.error(
      'YAMA_ENTITY_QUOTE_VALUE',
      { source: written, found: describeValue.found(found), where: describePath(path, 'inside') },
      source.at(path),
    )
    return [path]
  }
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String)
    report.error(
      'YAMA_ENTITY_VALUE',
      { where, value: String(found), fix: didYouMean(String(found), words, `Write one of: ${words.join(', ')}.`) },
      position(),
    )
    return [path]
  }
  const expected =
    issue.code === 'custom'
      ? issue.message
      : issue.code === 'invalid_type'
        ? describeValue.expected(issue.expected)
        : describeValue.rule(issue)
  report.error('YAMA_ENTITY_SHAPE', { where, expected, found: describeValue.found(found) }, position())
  return [path]
}
