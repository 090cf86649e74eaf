import { canonicalJson } from '@yama/core'
import { type Document, isMap, isScalar, isSeq } from 'yaml'
import { compactField } from '../format/compact-field.ts'
import { parseShorthand } from '../field/parse-shorthand.ts'
import type { Path } from '../read/source-document.ts'
import type { FieldData, FieldObject } from '../schema/types.ts'
import { styledNode } from './yaml-style.ts'

/** Keys that a database cannot know, and which therefore stay. */
const kept = ['was', 'only', 'overrides', 'sensitive', 'classification', 'owner', 'ticket', 'deprecated', 'backfill', 'meta'] as const

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'string' ? (parseShorthand(value).object as Record<string, unknown>) : ((value ?? {}) as Record<string, unknown>)

function retained(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  kind: string,
): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const key of kept) if (key in before && !(key in after)) found[key] = before[key]
  if ('doc' in before && !('doc' in after)) found['doc'] = before['doc']
  // What the file says for this one database is now in the value itself.
  const overrides = found['overrides'] as Readonly<Record<string, unknown>> | undefined
  if (overrides !== undefined && kind in overrides) {
    const { [kind]: _, ...others } = overrides
    if (Object.keys(others).length === 0) delete found['overrides']
    else found['overrides'] = others
  }
  return found
}

/** Changes a field that is there to what the database has; what is only for people stays. */
export function patchField(document: Document, path: Path, value: FieldData, kind: string): void {
  const written = document.getIn(path) as unknown
  const before = isMap(written) ? (written.toJS(document) as Record<string, unknown>) : written
  const after = asObject(value)
  const merged: Record<string, unknown> = { ...after, ...retained(asObject(before), after, kind) }
  if (typeof before === 'object' && before !== null && isMap(written)) {
    patchMap(document, path, merged)
    return
  }
  const short = compactField(merged as FieldObject)
  const node = document.getIn(path, true)
  // Changing the scalar in place keeps the comment behind it.
  if (short !== undefined && isScalar(node)) node.value = short
  else document.setIn(path, styledNode(document, short ?? merged, undefined, true))
}

export function patchMap(document: Document, path: Path, value: Readonly<Record<string, unknown>>): void {
  const node = document.getIn(path)
  if (!isMap(node)) return document.setIn(path, styledNode(document, value))
  const before = node.toJS(document) as Record<string, unknown>
  for (const key of Object.keys(before)) if (!(key in value)) document.deleteIn([...path, key])
  for (const [key, each] of Object.entries(value)) {
    if (canonicalJson(before[key] ?? null) === canonicalJson(each ?? null) && key in before) continue
    document.setIn([...path, key], styledNode(document, each, key))
  }
}

/** Replaces an entry of a section in place; `only`, `overrides` and comments for people stay. */
export function patchMember(document: Document, path: Path, value: unknown, kind: string): void {
  const node = document.getIn(path)
  if (isMap(node) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const before = node.toJS(document) as Record<string, unknown>
    patchMap(document, path, { ...value, ...retained(before, value as Record<string, unknown>, kind) })
  } else document.setIn(path, styledNode(document, value))
}

/** Takes entries out, last first, and their section with the last of them. */
export function removePaths(document: Document, paths: readonly Path[]): void {
  const sorted = paths.toSorted((a, b) => Number(b.at(-1)) - Number(a.at(-1)))
  for (const path of sorted) {
    if (!document.hasIn(path)) continue
    document.deleteIn(path)
    const section = path.slice(0, -1)
    const rest = document.getIn(section)
    if ((isMap(rest) || isSeq(rest)) && rest.items.length === 0 && section.at(-1) !== 'fields' && section.length > 0)
      document.deleteIn(section)
  }
}

/** Adds to a list or mapping that may not be there yet. */
export function addMember(document: Document, section: Path, key: string | undefined, value: unknown): void {
  const node = document.getIn(section)
  const name = String(section.at(-1))
  if (key !== undefined && !isSeq(node)) return document.setIn([...section, key], styledNode(document, value, key))
  const entry = key === undefined ? value : checkEntry(key, value)
  if (isMap(node)) {
    // A mapping has names only; an entry without one makes it a list.
    const items = Object.entries(node.toJS(document) as Record<string, unknown>).map(([each, other]) => checkEntry(each, other))
    document.setIn(section, styledNode(document, [...items, entry], name))
  } else if (isSeq(node)) {
    const list = styledNode(document, [entry], name)
    if (isSeq(list)) node.add(list.items[0])
  } else document.setIn(section, styledNode(document, [entry], name))
}

const checkEntry = (name: string, value: unknown): unknown =>
  typeof value === 'string' ? { name, expression: value } : { name, ...(value as object) }
