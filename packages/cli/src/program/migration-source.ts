import { join } from 'node:path'
import { migrationFiles, withPlaceholders } from '@yama/core/files'
import { leaveOutElsewhere, type Dialect, type Source } from '@yama/core'
import { cacheDirectory, type LoadedProject } from './load-project.ts'
import { projectPlaceholders } from './project-placeholders.ts'
import { toolVersion } from './tool-version.ts'
import { yamlReader } from './yaml-reader.ts'
import { moduleReader } from './module-reader.ts'

/** The project's migration files as they are in one environment: SQL, YAML and modules; what is for other databases has no steps. */
export function migrationSource(
  project: LoadedProject,
  dialect: Dialect,
  environment: string,
  options: { readonly mustExist?: boolean } = {},
): Source {
  const files = projectFiles(project, dialect, options)
  const attributes = { dialect: dialect.kind, project: project.config.project ?? 'default', environment }
  const here: Source = { name: files.name, load: async (signal) => leaveOutElsewhere(await files.load(signal), attributes) }
  return withPlaceholders(here, dialect.kind, projectPlaceholders(project, environment))
}

/** The same as they stand in the files, whatever the environment. */
export function projectFiles(project: LoadedProject, dialect: Dialect, options: { readonly mustExist?: boolean } = {}): Source {
  const { skip } = project.config
  return migrationFiles({
    directory: project.migrationsDirectory,
    root: project.root,
    dialect,
    readers: [yamlReader, moduleReader],
    cache: { file: join(cacheDirectory(project.root), `migrations-${dialect.kind}.json`), version: toolVersion() },
    ...options,
    ...(skip === undefined ? {} : { skip }),
  })
}
