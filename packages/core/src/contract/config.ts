import type { Dialect } from './dialect.ts'
import type { Plugin } from './plugin.ts'
import type { Source } from './graph.ts'
import type { MigrationRow } from './history.ts'
import type { Migration } from './migration.ts'
import type { LocalNeed, NeedAnswer } from './need.ts'

/** What `createYama` needs: one database. */
export interface YamaConfig {
  readonly dialect: Dialect
  readonly sources: readonly Source[]
  readonly plugins?: readonly (Plugin | false | null | undefined)[]
  /** Keys the history, the lock and the lease; default `default`. */
  readonly project?: string
  readonly environment?: { readonly name: string; readonly production?: boolean }
  /** How long to poll for the lock, in ms; default 60 000. */
  readonly lockWaitMs?: number
  /** Headerless files which appear before applied ones: refuse (default) or allow, all or by id. */
  readonly late?: 'refuse' | 'allow' | readonly string[]
  /** Ids or names of migrations never to run. */
  readonly skip?: readonly string[]
  /** What must be there before anything is applied: `server >= 15`, `extension pg_trgm`. */
  readonly needs?: readonly string[]
  /** Answers `tool NAME` and `env NAME` of `needs`; `localNeed` of `@yama/core/files` does. Without it such a need is not met. */
  readonly answerLocalNeed?: (need: LocalNeed) => Promise<NeedAnswer>
  /** Who runs it, added to the database user; the CLI fills OS user, host, CI job and commit. */
  readonly actor?: Readonly<Record<string, string>>
  readonly toolVersion?: string
  /**
   * Reads a migration's stored text back, so that a migration whose file is gone can be reverted. Without it, and where
   * it gives nothing, only one whose rollback is stored as SQL can be; everything else is refused with YAMA_DOWN_FILE_MISSING.
   */
  readonly parseStored?: (stored: StoredMigration) => Migration | undefined | Promise<Migration | undefined>
}

/** What the database keeps of a migration. */
export interface StoredMigration {
  readonly row: MigrationRow
  readonly body: string
  readonly downBody?: string
}

/** A secret by reference: `env:NAME`, `file:/run/secrets/url`, `exec:command`, or the value itself. */
export type SecretReference = string

/** What stands for `${name}` in SQL: a text, a number, or a secret by reference (`env:`, `file:/`, `exec:`), which is never shown or stored. */
export type PlaceholderConfig = Readonly<Record<string, string | number | boolean>>

/** The database is saved before a run. */
export interface BackupConfig {
  /** Relative to the project; default `backups`. */
  readonly directory?: string
  /** `destructive` (default): before a run whose plan loses data. */
  readonly when?: 'destructive' | 'always'
  /** Instead of the database's own tool: run by the shell, writes the file YAMA_BACKUP_FILE. */
  readonly command?: string
}

export interface EnvironmentConfig {
  readonly url?: SecretReference
  /** The database past a transaction pooler; Yama connects there, and leaves `url` to the application. */
  readonly directUrl?: SecretReference
  /** Whether a transaction pooler answers at `url`; by default it is found out. PostgreSQL only. */
  readonly pooler?: boolean
  /** A database that may be emptied, for scratch work. */
  readonly devUrl?: SecretReference
  readonly production?: boolean
  /** SQL file or text run in scratch databases first: roles, schemas and functions which the host provides. */
  readonly setup?: string | readonly string[]
  readonly scratch?: { readonly allow?: boolean; readonly outside?: boolean }
  /** `yama seed` may run here although `production` is true. */
  readonly seed?: boolean
  /** Instead of the project's. */
  readonly backup?: BackupConfig | boolean
  /** Added to the project's. */
  readonly placeholders?: PlaceholderConfig
  readonly schemas?: readonly string[]
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
}

/** What `yama check` asks of migrations that are new. Absent: nothing. */
export interface PolicyConfig {
  /** No branches: each follows the one before it. */
  readonly linear?: boolean
  /** Each has a way back, or says that it is irreversible. */
  readonly downs?: boolean
  /** Regular expressions that names have to match: of files, and of what statements create. */
  readonly names?: {
    readonly migrations?: string
    readonly tables?: string
    readonly views?: string
    readonly columns?: string
    readonly indexes?: string
    readonly constraints?: string
  }
}

/** The project's `yama.config.ts`. */
export interface ProjectConfig {
  readonly project?: string
  readonly dialect?: 'postgres' | 'sqlite' | 'mysql' | 'mariadb'
  /** Directory of migrations; default `migrations`. */
  readonly migrations?: string
  /** Directory of entities; default `schema`. */
  readonly entities?: string
  /** Seed files, SQL or YAML; default `seed.sql`, `seed/*` and `seed/<environment>/*` beside or above the migrations. */
  readonly seed?: string | readonly string[]
  /** Queries that must find nothing, asked by `yama verify`; default `verify.sql` beside or above the migrations. */
  readonly verify?: string | readonly string[]
  readonly defaultEnvironment?: string
  readonly environments?: Readonly<Record<string, EnvironmentConfig>>
  readonly plugins?: readonly (Plugin | false | null | undefined)[]
  readonly naming?: Readonly<Record<string, string>>
  readonly numbering?: 'timestamp' | 'sequential'
  /** What `yama check` asks of migrations that are new. */
  readonly policy?: PolicyConfig
  readonly late?: 'refuse' | 'allow' | readonly string[]
  readonly skip?: readonly string[]
  /** What every database must have before anything is applied: `server >= 15`, `extension pg_trgm`, `tool pg_dump`, `env API_KEY`. */
  readonly needs?: readonly string[]
  readonly lockWaitMs?: number
  /** `check`: each `up` first compares the schema with what the last run left, one introspection more; default: it does not look. */
  readonly drift?: 'check'
  /** Make `get_migration_history` and `get_current_schema_version` in the database; default false. */
  readonly historyFunctions?: boolean
  /** Saves the database before runs that lose data; `true` is `{}`. */
  readonly backup?: BackupConfig | boolean
  /** Values of `${name}` in the SQL of migrations, hooks and seeds; absent: nothing is replaced. */
  readonly placeholders?: PlaceholderConfig
  /** Also between dollar quotes, in the bodies of functions; default false. */
  readonly placeholdersInBodies?: boolean
  /** Base of the documentation links in errors. */
  readonly docs?: string
}
