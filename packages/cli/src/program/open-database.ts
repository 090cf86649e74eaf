import type { Dialect } from '@yama/core'
import type { Scope } from '@yama/schema'
import { openDialect } from '../config/open-dialect.ts'
import type { Environment } from '../config/resolve-environment.ts'
import { cliErrors } from '../errors/errors.ts'

export interface OpenDatabase {
  readonly environment: Environment
  readonly dialect: Dialect
  readonly scope: Scope
}

/** What an environment looks at; empty lists mean the dialect's default. */
export function environmentScope(environment: Environment): Scope {
  const { schemas, include, exclude } = environment.config
  return { schemas: schemas ?? [], include: include ?? [], exclude: exclude ?? [] }
}

/** The dialect of an environment's database; nothing is connected yet. */
export async function openDatabase(environment: Environment): Promise<OpenDatabase> {
  if (environment.database === undefined) throw cliErrors.YAMA_DATABASE_UNKNOWN({ environment: environment.name })
  return { environment, dialect: await openDialect(environment.database), scope: environmentScope(environment) }
}
