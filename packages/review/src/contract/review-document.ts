import type { DatabaseKind, Diagnostic, Phase, Reversibility } from '@yama/core'

/** One statement or step of a migration, as a reviewer wants to know it. */
export interface ReviewedStep {
  /** `sql`, `code`, or the kind of a plugin. */
  readonly kind: string
  /** Without secrets; absent where the step has no SQL. */
  readonly sql?: string
  readonly file?: string
  readonly line?: number
  /** What its author wrote above it. */
  readonly reason?: string
  /** First words, `ALTER TABLE … DROP COLUMN`; of a step without SQL its kind. */
  readonly verb: string
  readonly object?: string
  /** The table of which the lock is, where the change does not make it itself. */
  readonly inUse?: string
  /** The strongest lock in the server's own words. */
  readonly lock?: string
  /** Absent where it is not known. */
  readonly rewrites?: boolean
  readonly loss: 'none' | 'possible' | 'certain'
  readonly loses?: string
  /** What undoing it costs, where the file says so. */
  readonly reversibility?: Reversibility
  /** False: it commits by itself. */
  readonly transactional: boolean
  /** Why it cannot be told what it reads and writes. */
  readonly unread?: string
}

export interface ReviewedMigration {
  readonly id: string
  readonly name: string
  /** Relative to the project, with `/`. */
  readonly file: string
  readonly kind: string
  /** `edited`: the base has it, with another meaning. */
  readonly change: 'added' | 'edited'
  readonly phase: Phase
  readonly repeatable?: 'changed' | 'always'
  readonly description?: string
  readonly author?: string
  readonly ticket?: string
  /** What the file says. */
  readonly reversibility?: Reversibility
  /** A sentence without a full stop. */
  readonly wayBack: string
  readonly up: readonly ReviewedStep[]
  readonly down?: readonly ReviewedStep[]
}

/** An object that the change touches, and what depends on what it changes. */
export interface TouchedObject {
  /** `table users`, `function touch`. */
  readonly object: string
  readonly kind: string
  readonly name: string
  readonly does: 'creates' | 'changes' | 'removes' | 'writes rows' | 'reads'
  /** Columns, constraints and the like that are meant: `column email`. */
  readonly members: readonly string[]
  readonly migrations: readonly string[]
  /** What is there before the change and depends on what is changed or removed: `view active_users`. */
  readonly dependents: readonly string[]
}

export type PartStatus = 'added' | 'removed' | 'changed' | 'same'

export interface DiagramColumn {
  readonly name: string
  readonly type: string
  readonly status: PartStatus
  readonly primary: boolean
  readonly foreign: boolean
  /** For people: `notNull false → true`. */
  readonly changes: readonly string[]
}

export interface DiagramTable {
  readonly name: string
  /** `same`: only here because a changed key points to it. */
  readonly status: PartStatus
  /** Its name before, where it was renamed. */
  readonly was?: string
  readonly columns: readonly DiagramColumn[]
}

export interface DiagramKey {
  readonly name: string
  readonly table: string
  readonly columns: readonly string[]
  readonly to: string
  readonly toColumns: readonly string[]
  readonly status: PartStatus
  /** At most one row of the table points to a row. */
  readonly unique: boolean
  readonly required: boolean
}

/** The schema before against the schema after. */
export interface SchemaDifference {
  readonly tables: readonly DiagramTable[]
  readonly keys: readonly DiagramKey[]
  /** Everything that differs, one line each: `+ index users.users_email_idx`. */
  readonly lines: readonly string[]
  /** An entity relationship diagram in mermaid; `''` where no table differs. */
  readonly mermaid: string
}

/** Who is responsible for something of the change. */
export interface Ownership {
  readonly owner: string
  /** Tables, and files of the change. */
  readonly of: readonly string[]
  /** `entities`: `owner:` in the entity. `codeowners`: the CODEOWNERS file. */
  readonly from: 'entities' | 'codeowners'
}

/** Somebody who has to agree, and why. */
export interface NeededApproval {
  /** One of these is enough. */
  readonly anyOf: readonly string[]
  readonly because: string
}

export interface Risk {
  readonly level: 'none' | 'low' | 'medium' | 'high'
  readonly because: readonly string[]
}

/** An object of an environment that is not as the last run left it. */
export interface HandChange {
  /** The fact; for what the model does not carry, `unmanaged:KIND NAME`. */
  readonly id: string
  /** For people: `column users.email`. */
  readonly object: string
  readonly origin: 'added' | 'removed' | 'changed'
  readonly managed: boolean
}

/** What an environment would do with the migrations after the change. */
export interface EnvironmentReview {
  readonly environment: string
  /** When its state was exported; absent where the database itself was asked. */
  readonly exportedAt?: string
  /** Ids in the order in which they would run. */
  readonly wouldApply: readonly string[]
  readonly safe: boolean
  /** Why not, or what else is to be known. */
  readonly because: readonly string[]
  /** What was changed by hand there; absent where nobody looked. */
  readonly drift?: readonly (HandChange & { readonly touched: boolean })[]
}

/** What a change would do, for whoever has to agree to it. Plain data without secrets. */
export interface ReviewDocument {
  readonly format: 1
  readonly project: string
  readonly dialect: DatabaseKind
  /** A git reference, or an environment whose pending migrations these are. */
  readonly against: { readonly kind: 'base' | 'environment'; readonly name: string }
  /** One sentence. */
  readonly summary: string
  readonly risk: Risk
  readonly migrations: readonly ReviewedMigration[]
  /** On the base, and no longer here. */
  readonly removed: readonly { readonly id: string; readonly name: string; readonly file: string }[]
  readonly losses: readonly { readonly migration: string; readonly loss: 'possible' | 'certain'; readonly what: string }[]
  readonly findings: readonly Diagnostic[]
  /** The environments that were named, by their database or their exported state. */
  readonly environments: readonly EnvironmentReview[]
  readonly objects: readonly TouchedObject[]
  /** Absent where the states were not built; a finding says why. */
  readonly schema?: SchemaDifference
  readonly owners: readonly Ownership[]
  readonly approvals: readonly NeededApproval[]
  /** `yama up` asks for the digest of its plan before it loses data. */
  readonly confirmation: boolean
}
