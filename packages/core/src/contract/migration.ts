/** A migration's permanent name: random in a header, the file's stem where there is no header. */
export type MigrationId = string

/** `auto`: one transaction where every statement allows it. `none`: statement by statement. */
export type TransactionMode = 'auto' | 'none'

/** When a migration runs relative to the deployment of the application: before, in the background, after. */
export type Phase = 'expand' | 'migrate' | 'contract'

export type Direction = 'up' | 'down'

/** What undoing costs: nothing, some data, or it cannot be undone. */
export type Reversibility = 'lossless' | 'lossy' | 'irreversible'

/** 1-based line and column in a file of the project. */
export interface SourcePosition {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One SQL statement as written, without its terminator. */
export interface SqlStep {
  readonly kind: 'sql'
  readonly text: string
  readonly position?: SourcePosition
  /** `none`: the server refuses it inside a transaction block, so it runs alone. */
  readonly transaction: 'any' | 'none'
  /** Where secrets stand in it: `text` has their placeholders, and only what is sent has them. */
  readonly secret?: StatementSecret
}

export interface StatementSecret {
  /** The statement as it is sent; rejects where a secret cannot be read. */
  text(): Promise<string>
  /** Takes the secrets out of a message about it. */
  hide(message: string): string
}

/** A function in a TypeScript migration. */
export interface CodeStep {
  readonly kind: 'code'
  readonly run: (context: StepContext) => Promise<void>
  readonly position?: SourcePosition
  /** The line of the function at which an error of `run` arose, where that can be told. */
  readonly locate?: (error: unknown) => SourcePosition | undefined
}

/** Open set of step kinds. A plugin adds its own by declaration merging on '@yama/core'. */
export interface StepKinds {
  sql: SqlStep
  code: CodeStep
}
export type Step = StepKinds[keyof StepKinds]

/** A parent and, where the child's header states it, the parent's link hash (16 hex digits). */
export interface ParentLink {
  readonly id: MigrationId
  readonly link?: string
}

/** What a file's header says for people; never changes what runs. */
export interface MigrationMetadata {
  readonly description?: string
  readonly author?: string
  readonly date?: string
  readonly ticket?: string
  /** A rollback which stands in comments: shown, never run without confirmation. */
  readonly commentedRollback?: string
  readonly other: Readonly<Record<string, string>>
}

/** What a person decided about migrations that no path joins and whose order matters. */
export interface MergeDecision {
  /** They run in this order, in every database. */
  readonly order?: readonly MigrationId[]
  /** Their order does not matter, whatever the analysis says. */
  readonly independent?: readonly MigrationId[]
  readonly reason: string
}

/** A migration is frozen data: it can be checked, hashed, drawn and compared without running anything. */
export interface Migration {
  readonly id: MigrationId
  /** The file's stem, `20261120093000_create_users`. */
  readonly name: string
  /** Leading digits of the name, `''` where there are none. */
  readonly version: string
  /** Path relative to the project, with `/`. */
  readonly file: string
  readonly kind: 'sql' | 'yaml' | 'code' | 'merge'
  readonly parents: readonly ParentLink[]
  readonly phase: Phase
  readonly up: readonly Step[]
  /** Absent: there is no way back in the file. */
  readonly down?: readonly Step[]
  /** Runs again when its statements change, or with every run (`always`), after all others. Has no place in the graph and no way back. */
  readonly repeatable?: 'changed' | 'always'
  /** A checkpoint: it builds what these built, each with its link, and stands for them in every database. */
  readonly covers?: readonly ParentLink[]
  /** Its file stands in `archive/`: only databases that have part of what a checkpoint covers go on from it. */
  readonly archived?: true
  /** A checkpoint in a database that has all it covers: recorded, nothing runs. */
  readonly adopted?: true
  /** The file has no statement and says so in a comment: recorded, nothing runs. */
  readonly noop?: true
  readonly reversibility?: Reversibility
  /** Of the kind `merge` alone: its decision. */
  readonly merge?: MergeDecision
  readonly transaction: Readonly<Record<Direction, TransactionMode>>
  readonly metadata: MigrationMetadata
  /** Canonical schema hash before and after, with its tag: `pg15:s1:…`. */
  readonly state?: { readonly before: string; readonly after: string }
  /** Migrations that must be applied first, `project:id`, or `id` of its own project. */
  readonly requires: readonly string[]
  /** What must be there before anything runs: `server >= 15`, `extension pg_trgm`. Not part of the meaning. */
  readonly needs?: readonly string[]
  /** Which databases it is for: an expression over `dialect`, `environment` and `project`. */
  readonly appliesTo?: string
  /** `appliesTo` says that it is not for this database: recorded, nothing runs. */
  readonly elsewhere?: true
  /** Hash of the bytes, `y1:sha256:…`. */
  readonly rawHash: string
  /** Hash of what it means: tokens of up and down, transaction mode, phase, applies-to, requires. */
  readonly semanticHash: string
  /** The text that is stored in the database, so that a lost file can be written back. */
  readonly body: string
  readonly downBody?: string
  /** True where the file states no parents: its place follows from the natural order of names. */
  readonly headerless: boolean
}

export interface StepContext {
  readonly connection: import('./dialect.ts').Connection
  readonly dialect: import('./dialect.ts').Dialect
  readonly migration: Migration
  readonly direction: Direction
  readonly signal: AbortSignal
}

/** What a TypeScript or JavaScript migration file exports. */
export interface MigrationDefinition {
  readonly id: MigrationId
  readonly parents?: readonly (MigrationId | ParentLink)[]
  readonly description?: string
  readonly phase?: Phase
  readonly transaction?: TransactionMode
  readonly needs?: readonly string[]
  readonly up: (context: StepContext) => Promise<void>
  readonly down?: (context: StepContext) => Promise<void>
}
