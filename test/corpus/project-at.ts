import { join } from 'node:path'
import type { AuthoringProject } from '@yama/authoring'
import type { Dialect } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { yamlEntities } from '@yama/source-yaml'

/** A project with the usual folders below `root`. `allowUrl`: the server on which its scratch databases are made. */
export function projectAt(root: string, dialect: Dialect, allowUrl: string | undefined): AuthoringProject {
  const migrationsDirectory = join(root, 'migrations')
  return {
    root,
    migrationsDirectory,
    dialect,
    migrations: migrationFiles({ directory: migrationsDirectory, root, dialect }),
    entities: yamlEntities({ directory: join(root, 'schema'), root }),
    entitiesAt: (directory) => yamlEntities({ directory, root: directory }),
    entitiesDirectory: 'schema',
    scope: { schemas: [], include: [], exclude: [] },
    scratch: { setup: [], ...(allowUrl === undefined ? {} : { allowUrl }) },
    notice: () => undefined,
  }
}
