import type { Diagnostic } from '@yama/core'
import type { Content } from '@yama/review'
import { stateVerdicts, type StateVerdict } from '../drift/state-verdicts.ts'
import { branchMigrations } from './branch-migrations.ts'
import { mergedEntities } from './merged-entities.ts'
import type { CliContext } from './cli-context.ts'

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
  readonly environments: readonly StateVerdict[]
}

/** What a merge with the base and with other open branches would bring about, and what each exported environment would then run. */
export async function checkBranches(context: CliContext, { base, branches, states, filesOnly }: BranchCheck): Promise<BranchFindings> {
  const review = await import('@yama/review')
  const { root, config } = await context.project()
  const { dialect, migrations } = await context.authoring()
  const source = await branchMigrations(context)
  const { git, directory, load, like } = source
  const isGit = base !== undefined || branches.length > 0
  const diagnostics: Diagnostic[] = []
  const looked: { branch: string; problems: number }[] = []
  let files: ReadonlyMap<string, Content> = isGit ? await review.workingFiles(root, directory) : new Map()
  let merged = await migrations.load(context.signal)
  const entities = filesOnly || !isGit ? undefined : await mergedEntities(context, source)
  let said = entities?.own ?? new Map<string, Content>()
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
    const both = await entities?.merge(said, base)
    said = both?.merged ?? said
    if (both !== undefined && isSound(diagnostics)) diagnostics.push(...((await entities?.check(base, both, merged)) ?? []))
  }
  // What is wrong before is told already, and would be told again with each.
  const isSoundHere = isSound(diagnostics)
  const here = [review.contentHash(files), review.contentHash(said)]
  for (const branch of await like(branches)) {
    const sides = await review.mergedFiles(git, directory, files, branch)
    const together = await load(sides.merged)
    const found = [
      ...(await review.checkMerge(
        { base: branch, before: await load(sides.before), theirs: await load(sides.theirs), merged: together },
        dialect,
      )),
    ]
    const both = isSoundHere && isSound(found) ? await entities?.merge(said, branch) : undefined
    const now = both === undefined ? here : [review.contentHash(sides.merged), review.contentHash(both.merged)]
    const isNews = both !== undefined && (both.conflicted.length > 0 || now.some((hash, at) => hash !== here[at]))
    if (both !== undefined && isNews) found.push(...((await entities?.check(branch, both, together)) ?? []))
    const problems = found
      .filter(({ severity, code }) => severity === 'error' || code === 'YAMA_CHECK_TEXTS')
      .map((told) => ({ ...told, message: `With ${branch}: ${told.message}` }))
    diagnostics.push(...problems)
    looked.push({ branch, problems: problems.filter(({ severity }) => severity === 'error').length })
  }
  return { diagnostics, branches: looked, environments: await stateVerdicts(context, states, merged) }
}

const isSound = (list: readonly Diagnostic[]): boolean => list.every(({ severity }) => severity !== 'error')
