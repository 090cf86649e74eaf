import { createYama, type Plugin, type Yama } from '@yama/core'
import { runActor } from './run-actor.ts'
import { toolVersion } from './tool-version.ts'
import type { LoadedProject } from './load-project.ts'
import { migrationSource } from './migration-source.ts'
import type { OpenDatabase } from './open-database.ts'

/** One database of the project, with the project's plugins and those that a command adds. */
export async function openYama(project: LoadedProject, database: OpenDatabase, extra: readonly Plugin[], signal: AbortSignal): Promise<Yama> {
  const { config } = project
  const { environment, dialect } = database
  signal.throwIfAborted()
  return createYama({
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
  })
}
