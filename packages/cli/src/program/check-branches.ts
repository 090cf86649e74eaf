import type { Diagnostic, Dialect, Migration } from '@yama/core'
import type { Content, EnvironmentVerdict } from '@yama/review'
import { branchMigrations } from './branch-migrations.ts'
import { checkMergedEntities } from './check-merged-entities.ts'
import type { CliContext } from './cli-context.ts'
import { stateFile } from './state-file.ts'

export interface BranchCheck {
  readonly base?: string
  readonly branches: readonly string[]
  readonly states: readonly string[]
  /** No scratch database. */
  readonly filesOnly: boolean
}

export interface BranchFindings {
  readonly diagnostics: readonly Diagnostic[]
  /** Branches that were looked at besides the base. */
  readonly branches: readonly { readonly branch: string; readonly problems: number }[]
  readonly environments: readonly EnvironmentVerdict[]
}

/** What a merge with the base and with other open branches would bring about, and what each exported environment would then run. */
export async function checkBranches(context: CliContext, { base, branches, states, filesOnly }: BranchCheck): Promise<BranchFindings> {
  const review = await import('@yama/review')
  const { root, config } = await context.project()
  const { dialect, migrations } = await context.authoring()
  const source = await branchMigrations(context)
  const { git, directory, load, like } = source
  const diagnostics: Diagnostic[] = []
  const looked: { branch: string; problems: number }[] = []
  let files: ReadonlyMap<string, Content> =
    base === undefined && branches.length === 0 ? new Map() : await review.workingFiles(root, directory)
  let merged = await migrations.load(context.signal)
  if (base !== undefined) {
    const sides = await review.mergedFiles(git, directory, files, base)
    files = sides.merged
    merged = await load(files)
    diagnostics.push(
      ...(await review.checkMerge(
        { base, before: await load(sides.before), theirs: await load(sides.theirs), merged },
        dialect,
        config.policy,
      )),
    )
    if (!filesOnly && diagnostics.every(({ severity }) => severity !== 'error'))
      diagnostics.push(...(await checkMergedEntities(context, base, files, source)))
  }
  for (const branch of await like(branches)) {
    const sides = await review.mergedFiles(git, directory, files, branch)
    const found = await review.checkMerge(
      { base: branch, before: await load(sides.before), theirs: await load(sides.theirs), merged: await load(sides.merged) },
      dialect,
    )
    const problems = found
      .filter(({ severity }) => severity === 'error')
      .map((told) => ({ ...told, message: `With ${branch}: ${told.message}` }))
    diagnostics.push(...problems)
    looked.push({ branch, problems: problems.length })
  }
  return { diagnostics, branches: looked, environments: await environmentsOf(context, states, merged, dialect) }
}

async function environmentsOf(
  context: CliContext,
  states: readonly string[],
  merged: readonly Migration[],
  dialect: Dialect,
): Promise<readonly EnvironmentVerdict[]> {
  const { checkEnvironment } = await import('@yama/review')
  const verdicts: EnvironmentVerdict[] = []
  for (const file of states) {
    const state = await stateFile(context, file)
    verdicts.push(await checkEnvironment(merged, state.history, dialect, state))
  }
  return verdicts
}
