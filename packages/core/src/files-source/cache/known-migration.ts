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

/** What a file that says nothing but its statements is. */
const USUAL = Object.freeze({
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
  const { name, file } = place
  const expected: Readonly<Record<string, unknown>> = { id: name, name, version: versionOf(name), file, ...USUAL }
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
 * thousands of applied migrations nobody does. One literal, for that is a quarter of what members defined one by one cost.
 */
export function knownMigration(known: KnownFile, { name, file, pair }: MigrationPlace, read: () => ReadTexts): Migration {
  let texts: ReadTexts | undefined
  let up: readonly SqlStep[] | undefined
  let down: readonly SqlStep[] | undefined
  const text = (): ReadTexts => (texts ??= read())
  const downSteps = (): readonly SqlStep[] | undefined =>
    known.down === undefined ? undefined : (down ??= stepsAt(known.down, text().down))
  const lazy = {
    id: name,
    name,
    version: versionOf(name),
    file,
    ...USUAL,
    get up() {
      return (up ??= stepsAt(known.up, text().up))
    },
    get body() {
      return text().up.text
    },
    get down() {
      return downSteps()
    },
    get downBody() {
      // The file of a way back is kept as it is, also where it has no statement.
      return pair === true ? text().down.text : storedDown(downSteps())
    },
  }
  return Object.freeze(Object.assign(lazy, known.stated)) as Migration
}
