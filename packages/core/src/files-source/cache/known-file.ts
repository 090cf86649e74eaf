import type { Migration, Step } from '../../contract/migration.ts'
import type { FileStamp } from '../directory/file-stamp.ts'
import { versionOf } from '../version-of.ts'

/** A text that was read, and how messages name its file. */
export interface ReadText {
  readonly file: string
  readonly text: string
}

/** The files of one SQL migration; `down` is `up` again where one file has both. */
export interface ReadTexts {
  readonly up: ReadText
  readonly down: ReadText
}

/** What a migration is called, and where; known without reading it. */
export interface MigrationPlace {
  readonly name: string
  readonly file: string
  /** The way back has a file of its own. */
  readonly pair?: boolean
}

/** Steps by place: start, end, line, column, and 1 for a step that runs alone, in one list of numbers, which costs the least to read. */
export type Places = readonly number[]

/** What stands in the cache about one migration; `key` is the hash of everything that was read. */
export interface KnownFile {
  readonly key: string
  /** Of the files that were read, in this order: up, down. Absent where they were written too lately to be believed. */
  readonly stamps?: readonly FileStamp[]
  /** What differs from a file that says nothing but its statements. */
  readonly stated: Partial<Omit<Migration, 'up' | 'down' | 'body' | 'downBody'>> & Pick<Migration, 'rawHash' | 'semanticHash'>
  readonly up: Places
  readonly down?: Places
}

export const statementsOf = ({ up, down }: KnownFile): number => (up.length + (down?.length ?? 0)) / 5

/** What a file that says nothing but its statements is. */
export const USUAL = Object.freeze({
  kind: 'sql',
  parents: Object.freeze([]),
  phase: 'expand',
  transaction: Object.freeze({ up: 'auto', down: 'auto' }),
  metadata: Object.freeze({ other: Object.freeze({}) }),
  requires: Object.freeze([]),
  headerless: true,
} as const)

const places = (steps: readonly Step[], { file, text }: ReadText): Places | undefined => {
  const numbers: number[] = []
  let from = 0
  for (const step of steps) {
    if (step.kind !== 'sql' || step.position?.file !== file) return undefined
    const start = text.indexOf(step.text, from)
    if (start === -1) return undefined
    from = start + step.text.length
    numbers.push(start, from, step.position.line, step.position.column, step.transaction === 'none' ? 1 : 0)
  }
  return numbers
}

/** What the cache keeps of a migration; undefined where its steps are not the statements of these files as they stand there. */
export function knownFile(key: string, migration: Migration, place: MigrationPlace, texts: ReadTexts): KnownFile | undefined {
  const { up, down, body, downBody: _, ...rest } = migration
  const upPlaces = places(up, texts.up)
  if (upPlaces === undefined || body !== texts.up.text) return undefined
  const { name, file } = place
  const expected: Readonly<Record<string, unknown>> = { id: name, name, version: versionOf(name), file, ...USUAL }
  const differing = Object.entries(rest).filter(([member, value]) => JSON.stringify(value) !== JSON.stringify(expected[member]))
  const stated = Object.fromEntries(differing) as KnownFile['stated']
  if (down === undefined) return { key, stated, up: upPlaces }
  const downPlaces = places(down, texts.down)
  return downPlaces === undefined ? undefined : { key, stated, up: upPlaces, down: downPlaces }
}
