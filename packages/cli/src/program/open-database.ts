import type { Dialect } from '@yama/core'
import type { Scope } from '@yama/schema'
import { openDialect, openRuntime } from '../config/open-dialect.ts'
import type { Environment } from '../config/resolve-environment.ts'
import { cliErrors } from '../errors/errors.ts'

export interface OpenDatabase {
  readonly environment: Environment
  /** Connects and runs; may be without its schema part. */
  readonly dialect: Dialect
  /** The same with its schema part, which takes a moment to load. */
  readonly whole: () => Promise<Dialect>
  readonly scope: Scope
}

/** What an environment looks at; empty lists mean the dialect's default. */
export function environmentScope(environment: Environment): Scope {
  const { schemas, include, exclude } = environment.config
  return { schemas: schemas ?? [], include: include ?? [], exclude: exclude ?? [] }
}

/** The dialect of an environment's database; nothing is connected yet. */
export async function openDatabase(environment: Environment, lockWaitMs?: number): Promise<OpenDatabase> {
  const { database } = environment
  if (database === undefined) throw cliErrors.YAMA_DATABASE_UNKNOWN({ environment: environment.name })
  const dialect = await openRuntime(database, lockWaitMs)
  return {
    environment,
    dialect,
    whole: async () => (dialect.extensions.schema === undefined ? await openDialect(database, lockWaitMs) : dialect),
    scope: environmentScope(environment),
  }
}
