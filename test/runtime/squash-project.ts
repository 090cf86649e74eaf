import { join } from 'node:path'
import type { AuthoringProject } from '@yama/authoring'
import type { Dialect } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { yamlEntities } from '@yama/source-yaml'
import type { FileProject } from './file-project.ts'

/** A project of files as authoring sees it. */
export const projectOf = (made: FileProject, dialect: Dialect, url: string): AuthoringProject => ({
  root: made.directory,
  migrationsDirectory: join(made.directory, 'migrations'),
  dialect,
  migrations: migrationFiles({ directory: 'migrations', root: made.directory, dialect }),
  entities: yamlEntities({ directory: join(made.directory, 'schema'), root: made.directory }),
  entitiesAt: (directory) => yamlEntities({ directory, root: directory }),
  entitiesDirectory: 'schema',
  scope: { schemas: [], include: [], exclude: [] },
  scratch: { setup: [], ...(url.includes('://') ? { allowUrl: url } : {}) },
  notice: () => undefined,
})
