import type { Plugin, YamaConfig } from '@yama/core'
import type { CliContext } from './cli-context.ts'
import type { OpenOptions } from './open-options.ts'
import { duration } from './option-values.ts'
import { runActor } from './run-actor.ts'
import { toolVersion } from './tool-version.ts'
import { migrationSource } from './migration-source.ts'
import { operations } from './operations.ts'
import type { OpenDatabase } from './open-database.ts'
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
    sources: options.withoutFiles === true ? [] : [migrationSource(project, dialect, environment.name, options)],
    plugins: [...(config.plugins ?? []), operations(() => context.authoring()), ...extra],
    ...(config.project === undefined ? {} : { project: config.project }),
    environment: { name: environment.name, production: environment.production },
    ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
    ...(config.late === undefined ? {} : { late: config.late }),
    ...(config.skip === undefined ? {} : { skip: config.skip }),
    actor: runActor(project.variables, project.root),
    toolVersion: toolVersion(),
    parseStored: storedReader(dialect),
  }
}
