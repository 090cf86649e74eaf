import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EnvironmentConfig, ProjectConfig } from '@yama/core'
import { closestName } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import { parseDatabaseUrl, type DatabaseUrl } from './parse-database-url.ts'
import { resolveSecret } from './resolve-secret.ts'

export interface Environment {
  readonly name: string
  readonly production: boolean
  readonly config: EnvironmentConfig
  /** Undefined where nothing names a database; commands which need one reject with YAMA_DATABASE_UNKNOWN. */
  readonly database: DatabaseUrl | undefined
  readonly devUrl: string | undefined
  readonly setup: readonly string[]
}

export interface EnvironmentRequest {
  readonly root: string
  readonly file: string | undefined
  readonly name: string | undefined
  readonly url: string | undefined
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** Names of the environments, `default` where the project has none. */
export function environmentNames(config: ProjectConfig): readonly string[] {
  const names = Object.keys(config.environments ?? {})
  return names.length === 0 ? ['default'] : names
}

/** The environment that was asked for, with its secrets resolved. `--url` wins over the environment's `directUrl`, that over its `url`. */
export async function resolveEnvironment(config: ProjectConfig, request: EnvironmentRequest): Promise<Environment> {
  const known = environmentNames(config)
  const name =
    request.name ?? request.variables['YAMA_ENV'] ?? config.defaultEnvironment ?? (known.includes('dev') ? 'dev' : (known[0] ?? 'default'))
  if (!known.includes(name)) {
    const near = closestName(name, known)
    throw cliErrors.YAMA_ENVIRONMENT_UNKNOWN({
      name,
      file: request.file ?? 'the configuration',
      suggestion: near === undefined ? '' : ` Did you mean ${near}?`,
      known: known.join(', '),
    })
  }
  const environment = config.environments?.[name] ?? {}
  const where = `environment ${name}`
  // Yama holds session locks and runs what no pooler passes on, so the direct way is taken wherever there is one.
  const reference =
    request.url ??
    environment.directUrl ??
    environment.url ??
    (config.environments === undefined ? request.variables['DATABASE_URL'] : undefined)
  // It is said of `url`: past the pooler there is none.
  const pooled = environment.pooler !== undefined && request.url === undefined && environment.directUrl === undefined
  const url = reference === undefined ? undefined : await resolveSecret(reference, where, request.variables)
  return {
    name,
    production: environment.production === true,
    config: environment,
    database: url === undefined ? undefined : { ...parseDatabaseUrl(url, request.root), ...(pooled ? { pooler: environment.pooler } : {}) },
    devUrl: environment.devUrl === undefined ? undefined : await resolveSecret(environment.devUrl, where, request.variables),
    setup: await readSetup(environment.setup, request),
  }
}

async function readSetup(setup: EnvironmentConfig['setup'], { root, file }: EnvironmentRequest): Promise<readonly string[]> {
  const entries = setup === undefined ? [] : typeof setup === 'string' ? [setup] : setup
  return Promise.all(
    entries.map(async (entry) => {
      if (!/^\S+\.sql$/.test(entry)) return entry
      try {
        return await readFile(join(root, entry), 'utf8')
      } catch (error) {
        throw cliErrors.YAMA_CONFIG_INVALID(
          {
            file: file ?? 'of the project',
            problem: `setup names ${entry}, which cannot be read`,
            next: 'Correct the path; it is relative to the configuration.',
          },
          { cause: error },
        )
      }
    }),
  )
}
