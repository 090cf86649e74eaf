import { join } from 'node:path'
import { migrationFiles } from '@yama/core/files'
import type { Dialect, Source } from '@yama/core'
import { cacheDirectory, type LoadedProject } from './load-project.ts'
import { toolVersion } from './tool-version.ts'
import { yamlReader } from './yaml-reader.ts'
import { moduleReader } from './module-reader.ts'

/** The project's migration files: SQL, YAML and modules. */
export function migrationSource(project: LoadedProject, dialect: Dialect, options: { readonly mustExist?: boolean } = {}): Source {
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
