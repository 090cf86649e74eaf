import type { CodeStep, Migration, SqlStep, TransactionMode } from '../../contract/migration.ts'
import type { HookMoment } from '../hooks/hook-names.ts'

/** Code of a migration as JavaScript; what it imports from files beside it is among the modules. */
export interface BundleModule {
  /** Path relative to the project, with `/`. */
  readonly file: string
  /** CommonJS. */
  readonly code: string
}

export type BundledStep = SqlStep | { readonly kind: 'code'; readonly module: string; readonly position?: CodeStep['position'] }

/** A migration without functions. */
export type BundledMigration = Omit<Migration, 'up' | 'down'> & {
  readonly up: readonly BundledStep[]
  readonly down?: readonly BundledStep[]
}

export interface BundledHook extends HookMoment {
  readonly file: string
  readonly steps: readonly SqlStep[]
  readonly mode: TransactionMode
}

/** What a bundle holds; the digest is over exactly this. */
export interface BundleBody {
  readonly format: 1
  readonly project: string
  /** For which database its SQL is. */
  readonly dialect: string
  readonly toolVersion: string
  readonly migrations: readonly BundledMigration[]
  readonly modules: readonly BundleModule[]
  readonly hooks: readonly BundledHook[]
}

export interface BundleFile {
  readonly body: BundleBody
  /** SHA-256 of the body's canonical JSON, 64 hex digits. */
  readonly digest: string
  readonly signature?: {
    readonly algorithm: 'ed25519'
    /** Base64, over the digest. */
    readonly value: string
  }
}
