import { join } from 'node:path'
import type { DatabaseKind } from '@yama/core'
import type { AuthoringProject } from '@yama/authoring'
import { offlineDialect } from '../config/open-dialect.ts'
import type { Environment } from '../config/resolve-environment.ts'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from './cli-context.ts'
import { cacheDirectory, shownPath, type LoadedProject } from './load-project.ts'
import { migrationSource } from './migration-source.ts'
import { environmentScope } from './open-database.ts'
import { toolVersion } from './tool-version.ts'

/** Which database the project is for: the configuration says, or the URL, or YAMA_DATABASE_UNKNOWN. */
export function projectKind(project: LoadedProject, environment: Environment): DatabaseKind {
  const kind = environment.database?.kind ?? project.config.dialect
  if (kind === undefined) throw cliErrors.YAMA_DATABASE_UNKNOWN({ environment: environment.name })
  return kind
}

/** The project's files as authoring works on them. No database of the configuration is contacted but a `devUrl` or one that allows scratch work. */
export async function authoringProject(context: CliContext, kind?: DatabaseKind): Promise<AuthoringProject> {
  const project = await context.project()
  const environment = await context.environment()
  const dialect = await offlineDialect(kind ?? projectKind(project, environment), environment.database)
  const { yamlEntities } = await import('@yama/source-yaml')
  const naming = project.config.naming === undefined ? {} : { naming: project.config.naming }
  const cache = { file: join(cacheDirectory(project.root), 'documents.json'), version: toolVersion() }
  const isServer = environment.database?.driver === 'pg' || environment.database?.driver === 'mysql2'
  const allowed = environment.config.scratch?.allow === true && !environment.production && isServer
  return {
    root: project.root,
    migrationsDirectory: project.migrationsDirectory,
    dialect,
    migrations: migrationSource(project, dialect, environment.name),
    entities: yamlEntities({ directory: project.entitiesDirectory, root: project.root, cache, ...naming }),
    entitiesAt: (directory) => yamlEntities({ directory, root: directory, ...naming }),
    entitiesDirectory: shownPath(project.root, project.entitiesDirectory),
    scope: environmentScope(environment),
    scratch: {
      setup: environment.setup,
      signal: context.signal,
      ...(environment.config.scratch?.outside === true && !environment.production ? { outside: true } : {}),
      ...(environment.devUrl === undefined ? {} : { devUrl: environment.devUrl }),
      ...(allowed && environment.database !== undefined ? { allowUrl: environment.database.url } : {}),
    },
    cacheDirectory: cacheDirectory(project.root),
    whole: (process.env['YAMA_BUILD_WHOLE'] ?? '') !== '',
    ...(project.config.skip === undefined ? {} : { skip: project.config.skip }),
    notice: context.note,
  }
}
