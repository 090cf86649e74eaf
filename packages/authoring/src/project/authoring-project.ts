import type { Dialect, Source } from '@yama/core'
import { withOnRequest, withRows, type EntitySource, type SchemaDialect, type Scope, type ScratchOptions } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'

/** What authoring works on: a project's files and the dialect they are for. Nothing here is a live database. */
export interface AuthoringProject {
  /** Absolute path of the project. */
  readonly root: string
  /** Absolute path of the migrations directory. */
  readonly migrationsDirectory: string
  readonly dialect: Dialect
  readonly migrations: Source
  readonly entities: EntitySource
  /** The same entity format read from another directory, for `git:REF`. */
  readonly entitiesAt: (directory: string) => EntitySource
  /** Entity directory relative to the root, with `/`. */
  readonly entitiesDirectory: string
  readonly scope: Scope
  readonly scratch: ScratchOptions
  /** Absolute path; absent turns caching off. */
  readonly cacheDirectory?: string
  /** True: the entities are built as a whole, whatever is known of them from before. */
  readonly whole?: boolean
  /** Migrations never to run, by id or name. */
  readonly skip?: readonly string[]
  readonly notice: (message: string) => void
}

/** The dialect's schema part; rejects with YAMA_DIALECT_NO_SCHEMA where there is none. */
export function schemaDialect(dialect: Dialect): SchemaDialect {
  const schema = dialect.extensions.schema
  if (schema === undefined) throw authoringErrors.YAMA_DIALECT_NO_SCHEMA({ dialect: dialect.kind })
  return schema
}

/** The same for scratch databases, whose rows come from migrations and entities alone: those of lookup tables are read with the schema. */
export const scratchDialect = (dialect: Dialect): SchemaDialect => withOnRequest(withRows(schemaDialect(dialect)))
