import type { Dialect } from '../contract/dialect.ts'
import type { Direction, Migration, MigrationMetadata, ParentLink, Step, TransactionMode } from '../contract/migration.ts'

/** The part of a dialect that reading files needs; any `Dialect` is one. */
export type FileDialect = Pick<Dialect, 'kind' | 'splitStatements' | 'semanticTokens'>

/** One file, read and decoded: without a byte order mark, line ends as they stand in the file. */
export interface FileInput {
  /** Path relative to the project, with `/`: for messages and positions. */
  readonly file: string
  /** Absolute path, for readers which must import the file. */
  readonly path: string
  /** The file's stem, `20261120093000_create_users`; the id where the file states none. */
  readonly name: string
  readonly text: string
  readonly dialect: FileDialect
}

/**
 * What a reader makes of a file. Everything left out has the meaning it has in a SQL file without a header:
 * the stem is the id, the place follows from the natural order of names, phase `expand`, transaction `auto`.
 */
export interface MigrationDraft {
  readonly kind: Migration['kind']
  /** What a file of the kind `merge` decides. */
  readonly merge?: Migration['merge']
  readonly id?: string
  /** Leave out for a file that states no parents; an empty list is a root. */
  readonly parents?: readonly ParentLink[]
  readonly up: readonly Step[]
  readonly down?: readonly Step[]
  readonly covers?: readonly ParentLink[]
  /** Runs again when it changes, or with every run; such a draft has neither parents nor `down`. */
  readonly repeatable?: NonNullable<Migration['repeatable']>
  /** `up` is empty on purpose. */
  readonly noop?: true
  readonly phase?: Migration['phase']
  readonly transaction?: Partial<Readonly<Record<Direction, TransactionMode>>>
  readonly reversibility?: Migration['reversibility']
  readonly metadata?: Partial<MigrationMetadata>
  readonly state?: NonNullable<Migration['state']>
  readonly requires?: readonly string[]
  readonly needs?: readonly string[]
  readonly appliesTo?: string
  /**
   * What each direction means, for the semantic hash: canonical JSON of operations, the source of a function.
   * Default: the tokens of the SQL steps; where a step is not SQL, the file's text with line ends normalised.
   */
  readonly meaning?: Partial<Readonly<Record<Direction, string>>>
}

/**
 * Teaches `migrationFiles` a kind of file. `.sql` is built in; `@yama/source-yaml` brings `.yaml`, the CLI `.ts` and `.js`.
 * `read` rejects with a catalogue error that carries a position, or one whose `data` is a list of diagnostics;
 * `migrationFiles` collects them over all files, adds hashes, name, version and file, and freezes the result.
 *
 * @example
 * const jsonReader: FileReader = {
 *   extensions: ['.json'],
 *   read: async ({ text, dialect }) => ({
 *     kind: 'yaml',
 *     up: dialect.splitStatements(JSON.parse(text).up).map(({ text, transaction }) => ({ kind: 'sql', text, transaction })),
 *   }),
 * }
 */
export interface FileReader {
  /** With the dot, lower case: `['.yaml', '.yml']`. */
  readonly extensions: readonly string[]
  read(input: FileInput): Promise<MigrationDraft>
}
