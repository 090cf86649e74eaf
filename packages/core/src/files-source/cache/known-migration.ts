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

/**
 * The same migration as when its files were parsed. Its texts and statements are read when somebody asks for them: of
 * thousands of applied migrations nobody does.
 */
export function knownMigration({ stated, up, down }: KnownFile, place: MigrationPlace, read: () => ReadTexts): Migration {
  let found: ReadTexts | undefined
  const texts = (): ReadTexts => (found ??= read())
  let upSteps: readonly SqlStep[] | undefined
  const lazy = {
    ...usual(place),
    ...stated,
    get up() {
      return (upSteps ??= stepsAt(up, texts().up))
    },
    get body() {
      return texts().up.text
    },
  }
  // The file of a way back is kept as it is, also where it has no statement.
  if (place.pair === true) Object.defineProperty(lazy, 'downBody', { get: () => texts().down.text, enumerable: true })
  if (down === undefined) return Object.freeze<Migration>(lazy)
  let downSteps: readonly SqlStep[] | undefined
  const downOf = (): readonly SqlStep[] => (downSteps ??= stepsAt(down, texts().down))
  Object.defineProperty(lazy, 'down', { get: downOf, enumerable: true })
  if (down.length > 0 && place.pair !== true) Object.defineProperty(lazy, 'downBody', { get: () => storedDown(downOf()), enumerable: true })
  return Object.freeze<Migration>(lazy)
}
