import { join, resolve } from 'node:path'
import type { AuthoringProject } from '@yama/authoring'
import type { DatabaseKind } from '@yama/core'
import { offlineDialect } from '../config/open-dialect.ts'
import { parseDatabaseUrl } from '../config/parse-database-url.ts'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from './cli-context.ts'
import { migrationSource } from './migration-source.ts'

const DIRECTORIES = { migrations: 'migrations', entities: 'schema' } as const

/** The project that a port writes: its own directory, nothing in it yet. */
export async function portTarget(
  context: CliContext,
  kind: DatabaseKind,
  out: string,
  devUrl: string | undefined,
): Promise<AuthoringProject> {
  const { config } = await context.project()
  const root = resolve(context.globals.cwd, out)
  const database = devUrl === undefined ? undefined : parseDatabaseUrl(devUrl, context.globals.cwd)
  if (database !== undefined && database.kind !== kind)
    throw cliErrors.YAMA_CLI_USAGE({
      problem: `--dev-url is for ${database.kind}, and --to says ${kind}.`,
      next: 'Give the URL of a server of the target.',
    })
  const dialect = await offlineDialect(kind, database)
  const { yamlEntities } = await import('@yama/source-yaml')
  const naming = config.naming === undefined ? {} : { naming: config.naming }
  const migrationsDirectory = join(root, DIRECTORIES.migrations)
  const entitiesAt = (directory: string, at = directory) => yamlEntities({ directory, root: at, ...naming })
  return {
    root,
    migrationsDirectory,
    dialect,
    migrations: migrationSource(
      { root, file: undefined, config: {}, migrationsDirectory, entitiesDirectory: join(root, DIRECTORIES.entities), variables: {} },
      dialect,
      'default',
    ),
    entities: entitiesAt(join(root, DIRECTORIES.entities), root),
    entitiesAt: (directory) => entitiesAt(directory),
    entitiesDirectory: DIRECTORIES.entities,
    scope: { schemas: [], include: [], exclude: [] },
    scratch: { setup: [], signal: context.signal, ...(devUrl === undefined ? {} : { devUrl: database?.url ?? devUrl }) },
    notice: context.note,
  }
}
