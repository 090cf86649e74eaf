import type { Migration, SqlStep } from '../../contract/migration.ts'
import { storedDown } from '../stored-down.ts'
import { versionOf } from '../version-of.ts'
import { USUAL, type KnownFile, type MigrationPlace, type Places, type ReadText, type ReadTexts } from './known-file.ts'

/**
 * The same migration as when its files were parsed. Its texts and statements are read when somebody asks for them: of
 * thousands of applied migrations nobody does.
 */
export const knownMigration = (known: KnownFile, place: MigrationPlace, read: () => ReadTexts): Migration =>
  new LazyMigration(known, place, read) as unknown as Migration

const shown = <T>(get: (this: LazyMigration) => T): PropertyDescriptor => ({ get, enumerable: true })

/** Members of its own, as of any other migration, for it is copied and listed; getters that all of them share, for closures of each take five times the memory. */
class LazyMigration {
  readonly #known: KnownFile
  readonly #place: MigrationPlace
  readonly #read: () => ReadTexts
  #texts: ReadTexts | undefined
  #up: readonly SqlStep[] | undefined
  #down: readonly SqlStep[] | undefined

  constructor(known: KnownFile, place: MigrationPlace, read: () => ReadTexts) {
    this.#known = known
    this.#place = place
    this.#read = read
    const { name, file } = place
    Object.assign(this, { id: name, name, version: versionOf(name), file }, USUAL)
    Object.defineProperties(this, LazyMigration.members)
    Object.freeze(Object.assign(this, known.stated))
  }

  get #text(): ReadTexts {
    return (this.#texts ??= this.#read())
  }

  get #downSteps(): readonly SqlStep[] | undefined {
    const { down } = this.#known
    return down === undefined ? undefined : (this.#down ??= stepsAt(down, this.#text.down))
  }

  private static readonly members: PropertyDescriptorMap & ThisType<LazyMigration> = {
    up: shown(function () {
      return (this.#up ??= stepsAt(this.#known.up, this.#text.up))
    }),
    body: shown(function () {
      return this.#text.up.text
    }),
    down: shown(function () {
      return this.#downSteps
    }),
    downBody: shown(function () {
      // The file of a way back is kept as it is, also where it has no statement.
      return this.#place.pair === true ? this.#text.down.text : storedDown(this.#downSteps)
    }),
  }
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
