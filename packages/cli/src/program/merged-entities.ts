import { join, resolve } from 'node:path'
import { toDiagnostic, YamaError, type Diagnostic, type Migration } from '@yama/core'
import type { Content, MergedFiles } from '@yama/review'
import { errorDiagnostics } from '../output/error-diagnostics.ts'
import { cliErrors } from '../errors/errors.ts'
import type { BranchMigrations } from './branch-migrations.ts'
import type { CliContext } from './cli-context.ts'
import { hasEntities } from './entity-files.ts'
import { cacheDirectory } from './load-project.ts'
import { soundMerges } from './sound-merges.ts'

/** The entities of the working tree, or as they are after a merge. */
export type EntityContents = ReadonlyMap<string, Content>

/** Compares what merged migrations build with merged entities. */
export interface MergedEntities {
  /** Those of the working tree. */
  readonly own: EntityContents
  /** As they are after a merge of the one into the other. */
  merge(entities: EntityContents, reference: string): Promise<MergedFiles>
  /** What is wrong, in words about `reference`; empty where the migrations build what the entities say. */
  check(reference: string, entities: MergedFiles, migrations: readonly Migration[]): Promise<readonly Diagnostic[]>
}

/**
 * Whether the migrations after a merge build what the entities after it say: a change of both sides may be right alone and wrong
 * together, as an enum that gets a value and a table that is made with the old ones. Everything is replayed in a scratch database, once
 * for what has the same content. Undefined for a project without entities, or whose entities lie in another repository.
 */
export async function mergedEntities(context: CliContext, { git }: BranchMigrations): Promise<MergedEntities | undefined> {
  const project = await context.project()
  const own = await context.authoring()
  if (!(await hasEntities(context)) || own.entitiesDirectory.startsWith('..')) return undefined
  const review = await import('@yama/review')
  const { generate } = await import('@yama/authoring')
  const judge = async (reference: string, root: string, migrations: readonly Migration[]): Promise<readonly Diagnostic[]> => {
    const report = await generate(
      {
        ...own,
        root,
        migrations: { name: own.migrations.name, load: () => Promise.resolve(migrations) },
        entities: own.entitiesAt(resolve(root, own.entitiesDirectory)),
      },
      { prove: false, preview: true },
    )
    if (report.status === 'empty') return []
    const changes = report.up.map(({ title }) => title).join('; ')
    return [toDiagnostic(cliErrors.YAMA_CHECK_MERGED({ base: reference, changes }), 'error')]
  }
  const sound = await soundMerges(context)
  return {
    own: await review.workingFiles(project.root, own.entitiesDirectory),
    merge: async (entities, reference) => await review.mergedFiles(git, own.entitiesDirectory, entities, reference),
    check: async (reference, { merged, conflicted }, migrations) => {
      if (conflicted.length > 0)
        return [toDiagnostic(cliErrors.YAMA_CHECK_TEXTS({ base: reference, files: conflicted.join(', ') }), 'warning')]
      const key = sound.key(migrations, review.contentHash(merged))
      if (sound.has(key)) return []
      const trees = join(cacheDirectory(project.root), 'trees')
      try {
        const found = await review.withFiles(git, merged, async (root) => await judge(reference, root, migrations), trees)
        if (found.length === 0) await sound.add(key)
        return found
      } catch (error) {
        if (!YamaError.is(error)) throw error
        return errorDiagnostics(error)
      }
    },
  }
}
