import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Source, YamaConfig } from '@yama/core'
import { fileHooks, localNeed, withPlaceholders } from '@yama/core/files'
import type { CliContext } from './cli-context.ts'
import type { LoadedProject } from './load-project.ts'
import type { OpenOptions } from './open-options.ts'
import { duration } from './option-values.ts'
import { runActor } from './run-actor.ts'
import { toolVersion } from './tool-version.ts'
import { migrationSource } from './migration-source.ts'
import { operations } from './operations.ts'
import type { OpenDatabase } from './open-database.ts'
import { projectPlaceholders } from './project-placeholders.ts'
import { storedReader } from './parse-stored.ts'

/** What `createYama` gets for one database of the project, with the project's plugins and those that a command adds. */
export async function yamaConfig(
  context: CliContext,
  database: OpenDatabase,
  extra: readonly Plugin[],
  options: OpenOptions = {},
): Promise<YamaConfig> {
  const project = await context.project()
  const { config } = project
  const { environment, dialect } = database
  const lockWaitMs = duration(context.globals.lockWait, '--lock-wait') ?? config.lockWaitMs
  return {
    dialect,
    sources: sourcesOf(project, database, options),
    plugins: [
      ...(config.plugins ?? []),
      operations(() => context.authoring()),
      ...hookFiles(context, project, database, options),
      ...extra,
    ],
    ...projectName(config.project ?? options.bundle?.body.project),
    environment: { name: environment.name, production: environment.production },
    ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
    ...(config.late === undefined ? {} : { late: config.late }),
    ...(config.skip === undefined ? {} : { skip: config.skip }),
    ...(config.needs === undefined ? {} : { needs: config.needs }),
    answerLocalNeed: localNeed(project.variables),
    actor: runActor(project.variables, project.root),
    toolVersion: toolVersion(),
    parseStored: storedReader(dialect, projectPlaceholders(project, environment.name)),
  }
}

const projectName = (project: string | undefined): { readonly project?: string } => (project === undefined ? {} : { project })

function sourcesOf(project: LoadedProject, { dialect, environment }: OpenDatabase, options: OpenOptions): readonly Source[] {
  const { bundle } = options
  if (bundle !== undefined) return [withPlaceholders(bundle.source, dialect.kind, projectPlaceholders(project, environment.name))]
  return options.withoutFiles === true ? [] : [migrationSource(project, dialect, environment.name, options)]
}

function hookFiles(
  context: CliContext,
  project: LoadedProject,
  { dialect, environment }: OpenDatabase,
  { withoutFiles, bundle }: OpenOptions,
): readonly Plugin[] {
  const directory = join(project.migrationsDirectory, 'hooks')
  const placeholders = projectPlaceholders(project, environment.name)
  if (bundle !== undefined) return bundle.plugins(dialect, { placeholders, notice: context.note })
  if (withoutFiles === true || !existsSync(directory)) return []
  return [fileHooks({ directory, root: project.root, dialect, placeholders, notice: context.note })]
}
