import { readdirSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { DatabaseKind } from '../../contract/dialect.ts'
import { versionOf } from '../version-of.ts'
import { directoryEntries } from './directory-entries.ts'
import { sqlFileName } from './file-name.ts'

export interface MigrationFileNames {
  /** What has to be moved to move the migration: its files, or its own directory; relative to the directory of migrations. */
  readonly names: readonly string[]
  /** Some of them are for other databases than the migration's own file. */
  readonly otherDatabases: boolean
}

const kinds: readonly DatabaseKind[] = ['postgres', 'mysql', 'mariadb', 'sqlite']

/**
 * Which files of the directory make up the migration of a name, found at the path of its first file: the up and the down file, and
 * those for each database.
 *
 * @example filesOfMigration('/project/migrations', '/project/migrations/001_a.up.sql', '001_a').names // ['001_a.down.sql', '001_a.up.sql']
 */
export function filesOfMigration(directory: string, path: string, name: string): MigrationFileNames {
  const [first = '', ...inside] = relative(directory, path).split(sep)
  const isFor = (file: string): boolean => kinds.some((kind) => sqlFileName(file, kind).rank !== undefined)
  if (inside.length > 0) return { names: [first], otherDatabases: readdirSync(`${directory}${sep}${first}`).some(isFor) }
  const entries = directoryEntries(directory)
    .filter((entry) => entry.kind === 'file')
    .map((entry) => entry.name)
  const named = entries.filter((file) => file === first || (/\.sql$/i.test(file) && sqlFileName(file, 'postgres').base === name))
  // `0021_x_up.sql` with `0021_x_down.sql`, and a down file whose words differ, as golang-migrate has it.
  const version = versionOf(name)
  const isDown = (file: string): boolean => /[._]down(?:\.\w+)?\.sql$/i.test(file)
  const downs =
    /[._]up(?:\.\w+)?\.sql$/i.test(first) && !named.some(isDown)
      ? entries.filter((file) => isDown(file) && version !== '' && versionOf(file) === version)
      : []
  const names = [...named, ...downs].toSorted()
  return { names, otherDatabases: names.some(isFor) }
}
