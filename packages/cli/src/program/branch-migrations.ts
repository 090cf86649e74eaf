import type { Migration } from '@yama/core'
import type { Git } from '@yama/review'
import type { CliContext } from './cli-context.ts'
import { shownPath } from './load-project.ts'
import { treeMigrations, type LoadTree } from './tree-migrations.ts'

/** The migrations of other commits, read through git. */
export interface BranchMigrations {
  readonly git: Git
  /** The migrations directory, relative to the project. */
  readonly directory: string
  /** The migrations among these files, which are written to a directory of their own meanwhile. */
  readonly load: LoadTree
  /** The migrations at the tip of a branch. */
  readonly at: (reference: string) => Promise<readonly Migration[]>
  /** Branches that match any of the patterns, each once; a pattern may be the name of one. */
  readonly like: (patterns: readonly string[]) => Promise<readonly string[]>
}

/** No remote is contacted. Rejects with YAMA_CHECK_GIT where git fails. */
export async function branchMigrations(context: CliContext): Promise<BranchMigrations> {
  const review = await import('@yama/review')
  const project = await context.project()
  const directory = shownPath(project.root, project.migrationsDirectory)
  const git = review.gitIn(project.root)
  const load = await treeMigrations(context, git)
  return {
    git,
    directory,
    load,
    at: async (reference) => await load(await review.filesAt(git, reference, directory)),
    like: async (patterns) => [...new Set((await Promise.all(patterns.map((pattern) => review.branchesLike(git, pattern)))).flat())],
  }
}
