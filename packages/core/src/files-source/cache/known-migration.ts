import type { Migration, SqlStep, Step } from '../../contract/migration.ts'
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
type Places = readonly number[]

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

const AUTO = Object.freeze({ up: 'auto', down: 'auto' } as const)
const NONE: readonly never[] = Object.freeze([])
const NO_METADATA = Object.freeze({ other: Object.freeze({}) })

const usual = ({ name, file }: MigrationPlace) =>
  ({
    id: name,
    name,
    version: versionOf(name),
    file,
    kind: 'sql',
    parents: NONE,
    phase: 'expand',
    transaction: AUTO,
    metadata: NO_METADATA,
    requires: NONE,
    headerless: true,
  }) as const

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

const stepsAt = (numbers: Places, { file, text }: ReadText): readonly SqlStep[] => {
  const steps: SqlStep[] = []
  for (let at = 0; at < numbers.length; at += 5) {
    const position = { file, line: numbers[at + 2]!, column: numbers[at + 3]! }
    steps.push({
      kind: 'sql',
      text: text.slice(numbers[at], numbers[at + 1]),
      position,
      transaction: numbers[at + 4] === 1 ? 'none' : 'any',
    })
  }
  return steps
}

/** What the cache keeps of a migration; undefined where its steps are not the statements of these files as they stand there. */
export function knownFile(key: string, migration: Migration, place: MigrationPlace, texts: ReadTexts): KnownFile | undefined {
  const { up, down, body, downBody: _, ...rest } = migration
  const upPlaces = places(up, texts.up)
  if (upPlaces === undefined || body !== texts.up.text) return undefined
  const expected: Readonly<Record<string, unknown>> = usual(place)
  const differing = Object.entries(rest).filter(([member, value]) => JSON.stringify(value) !== JSON.stringify(expected[member]))
  const stated = Object.fromEntries(differing) as KnownFile['stated']
  if (down === undefined) return { key, stated, up: upPlaces }
  const downPlaces = places(down, texts.down)
  return downPlaces === undefined ? undefined : { key, stated, up: upPlaces, down: downPlaces }
}

/** The statements of the way back, so that a database can revert a migration whose file is gone. */
export const storedDown = (steps: readonly Step[] | undefined): string | undefined => {
  if (steps === undefined || steps.length === 0 || steps.some((step) => step.kind !== 'sql')) return undefined
  return steps.map((step) => (step.kind === 'sql' ? `${step.text};\n` : '')).join('')
}

/** What of a known migration is read later. Behind one key, for accessors that all migrations share keep them all of one shape. */
interface Unread {
  readonly file: KnownFile
  readonly read: () => ReadTexts
  texts?: ReadTexts
  up?: readonly SqlStep[]
  down?: readonly SqlStep[]
}

const UNREAD = Symbol('unread')
interface Lazy {
  readonly [UNREAD]: Unread
}

const textsOf = (unread: Unread): ReadTexts => (unread.texts ??= unread.read())
const downOf = (unread: Unread): readonly SqlStep[] => (unread.down ??= stepsAt(unread.file.down ?? [], textsOf(unread).down))
const accessor = (get: (this: Lazy) => unknown): PropertyDescriptor => ({ get, enumerable: true })

const UP: PropertyDescriptorMap = {
  up: accessor(function () {
    const unread = this[UNREAD]
    return (unread.up ??= stepsAt(unread.file.up, textsOf(unread).up))
  }),
  body: accessor(function () {
    return textsOf(this[UNREAD]).up.text
  }),
}
const DOWN: PropertyDescriptorMap = {
  down: accessor(function () {
    return downOf(this[UNREAD])
  }),
}
/** The file of a way back is kept as it is, also where it has no statement. */
const PAIR: PropertyDescriptorMap = {
  downBody: accessor(function () {
    return textsOf(this[UNREAD]).down.text
  }),
}
const STORED: PropertyDescriptorMap = {
  downBody: accessor(function () {
    return storedDown(downOf(this[UNREAD]))
  }),
}

/**
 * The same migration as when its files were parsed. Its texts and statements are read when somebody asks for them: of
 * thousands of applied migrations nobody does.
 */
export function knownMigration(known: KnownFile, place: MigrationPlace, read: () => ReadTexts): Migration {
  const { stated, down } = known
  const lazy = { ...usual(place), ...stated }
  const unread: Unread = { file: known, read }
  Object.defineProperty(lazy, UNREAD, { value: unread })
  Object.defineProperties(lazy, UP)
  if (down !== undefined) Object.defineProperties(lazy, DOWN)
  if (place.pair === true) Object.defineProperties(lazy, PAIR)
  else if (down !== undefined && down.length > 0) Object.defineProperties(lazy, STORED)
  return Object.freeze(lazy) as unknown as Migration
}
