import { buildGraph, YamaError, type DataLoss, type Diagnostic, type Migration } from '@yama/core'
import type { ChangedMigration, ReviewDocument } from '@yama/review'
import { errorDiagnostics } from '../output/error-diagnostics.ts'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from './cli-context.ts'
import { shownPath } from './load-project.ts'
import { treeMigrations } from './tree-migrations.ts'

/** What a change consists of, and between which lists of migrations. */
export interface ReviewSides {
  readonly against: ReviewDocument['against']
  readonly changed: readonly ChangedMigration[]
  readonly removed: readonly Migration[]
  /** All migrations without the change, and with it. */
  readonly before: readonly Migration[]
  readonly after: readonly Migration[]
  /** Where a plan told them already. */
  readonly losses?: readonly DataLoss[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The migrations that are here, as a merge would make them, and not on the base. */
export async function sidesOfBase(context: CliContext, base: string): Promise<ReviewSides> {
  const { changedMigrations, checkMerge, gitIn, mergedFiles, workingFiles } = await import('@yama/review')
  const project = await context.project()
  const { dialect } = await context.authoring()
  const git = gitIn(project.root)
  const directory = shownPath(project.root, project.migrationsDirectory)
  const sides = await mergedFiles(git, directory, await workingFiles(project.root, directory), base)
  const load = await treeMigrations(context, git)
  const [theirs, parted] = [await load(sides.theirs), await load(sides.before)]
  const merged = await load(sides.merged)
  const { changed, removed } = changedMigrations(theirs, inOrder(merged))
  const found = await checkMerge({ base, before: parted, theirs, merged }, dialect)
  // Told again, and better, when the operations of YAML migrations are SQL.
  const diagnostics = found.filter(({ code }) => code !== 'YAMA_CHECK_NO_DOWN')
  return { against: { kind: 'base', name: base }, changed, removed, before: theirs, after: merged, diagnostics }
}

/** The migrations that an environment has not applied. */
export async function sidesOfEnvironment(context: CliContext): Promise<ReviewSides> {
  const environment = await context.environment()
  if (environment.database === undefined)
    throw cliErrors.YAMA_CLI_USAGE({
      problem: 'It is not said what is new: neither a base nor a database is named.',
      next: 'For a branch: `yama review --base origin/main`. For what an environment has not applied: `yama review --env NAME`.',
    })
  const yama = await context.yama([], { mustExist: true })
  const plan = await yama.plan({ up: 'latest' })
  // What is looked at later has a session of its own, and an embedded database has no second.
  await yama[Symbol.asyncDispose]()
  const { migrations } = await context.authoring()
  const after = await migrations.load(context.signal)
  const changed = plan.migrations.map(({ node, groups }): ChangedMigration => ({
    // With the SQL that the plan shows in place of operations.
    migration: {
      ...node.migration,
      up: groups.flatMap((group) => group.steps.filter(({ hook }) => hook === undefined).map(({ step }) => step)),
    },
    change: 'added',
  }))
  const pending = new Set(changed.map(({ migration }) => migration.id))
  return {
    against: { kind: 'environment', name: environment.name },
    changed,
    removed: [],
    before: after.filter(({ id }) => !pending.has(id)),
    after,
    losses: plan.losses,
    diagnostics: plan.diagnostics,
  }
}

/** What cannot be read is told in the document too, for the pull request is where people look. */
export function unreadableSides(error: unknown, against: ReviewDocument['against']): ReviewSides {
  if (!YamaError.is(error) || !READABLE.test(error.code)) throw error
  return { against, changed: [], removed: [], before: [], after: [], diagnostics: errorDiagnostics(error) }
}

/** Mistakes in files; that a reference or a database is not there is no finding. */
const READABLE =
  /^YAMA_(?:SOURCE_(?!DIRECTORY)|SQL_|MIGRATION_|GRAPH_|PLACEHOLDER_|HISTORY_(?:EDITED|LATE|MISSING)|REQUIRES_|NEEDS_|APPLIES_TO_|OPERATION_)/

function inOrder(migrations: readonly Migration[]): readonly Migration[] {
  try {
    return buildGraph(migrations)
      .order()
      .map(({ migration }) => migration)
  } catch (error) {
    // The merge is checked too, and tells it.
    if (!YamaError.is(error)) throw error
    return migrations
  }
}
