import { createYama, type Plugin, type Yama, type YamaConfig } from '@yama/core'
import { runActor } from './run-actor.ts'
import { toolVersion } from './tool-version.ts'
import type { LoadedProject } from './load-project.ts'
import { migrationSource } from './migration-source.ts'
import type { OpenDatabase } from './open-database.ts'

/** What `createYama` gets for one database of the project, with the project's plugins and those that a command adds. */
export function yamaConfig(project: LoadedProject, database: OpenDatabase, extra: readonly Plugin[]): YamaConfig {
  const { config } = project
  const { environment, dialect } = database
  return {
    dialect,
    sources: [migrationSource(project, dialect)],
    plugins: [...(config.plugins ?? []), ...extra],
    ...(config.project === undefined ? {} : { project: config.project }),
    environment: { name: environment.name, production: environment.production },
    ...(config.lockWaitMs === undefined ? {} : { lockWaitMs: config.lockWaitMs }),
    ...(config.late === undefined ? {} : { late: config.late }),
    ...(config.skip === undefined ? {} : { skip: config.skip }),
    actor: runActor(project.variables),
    toolVersion: toolVersion(),
  }
}

/** Opens one database of the project. */
export function openYama(project: LoadedProject, database: OpenDatabase, extra: readonly Plugin[]): Yama {
  return createYama(yamaConfig(project, database, extra))
}
