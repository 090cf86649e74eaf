import { join, resolve } from 'node:path'
import { toDiagnostic, YamaError, type Diagnostic } from '@yama/core'
import type { Content } from '@yama/review'
import { errorDiagnostics } from '../output/error-diagnostics.ts'
import { cliErrors } from '../errors/errors.ts'
import type { BranchMigrations } from './branch-migrations.ts'
import type { CliContext } from './cli-context.ts'
import { hasEntities } from './entity-files.ts'
import { cacheDirectory } from './load-project.ts'
import { migrationSource } from './migration-source.ts'

/**
 * Whether the migrations after a merge build what the entities after it say: a change of both sides may be right alone and wrong
 * together, as an enum that gets a value and a table that is made with the old ones. Everything is replayed in a scratch database.
 */
export async function checkMergedEntities(
  context: CliContext,
  base: string,
  migrations: ReadonlyMap<string, Content>,
  { git, directory }: BranchMigrations,
): Promise<readonly Diagnostic[]> {
  const project = await context.project()
  const own = await context.authoring()
  // Entities that lie elsewhere are not of this repository.
  if (!(await hasEntities(context)) || own.entitiesDirectory.startsWith('..')) return []
  const review = await import('@yama/review')
  const sides = await review.mergedFiles(git, own.entitiesDirectory, await review.workingFiles(project.root, own.entitiesDirectory), base)
  const { generate } = await import('@yama/authoring')
  const environment = await context.environment()
  const check = async (root: string): Promise<readonly Diagnostic[]> => {
    const moved = { ...project, root, migrationsDirectory: resolve(root, directory) }
    const report = await generate(
      {
        ...own,
        root,
        migrationsDirectory: moved.migrationsDirectory,
        migrations: migrationSource(moved, own.dialect, environment.name),
        entities: own.entitiesAt(resolve(root, own.entitiesDirectory)),
      },
      { prove: false, preview: true },
    )
    if (report.status === 'empty') return []
    const changes = report.up.map(({ title }) => title).join('; ')
    return [toDiagnostic(cliErrors.YAMA_CHECK_MERGED({ base, changes }), 'error')]
  }
  try {
    return await review.withFiles(git, new Map([...migrations, ...sides.merged]), check, join(cacheDirectory(project.root), 'trees'))
  } catch (error) {
    if (!YamaError.is(error)) throw error
    return errorDiagnostics(error)
  }
}
