import { toDiagnostic, YamaError, type Diagnostic, type GraphNode, type Migration } from '@yama/core'
import type { FactBase } from '@yama/schema'
import type { ChangedMigration } from '@yama/review'
import type { CliContext } from './cli-context.ts'
import type { ReviewSides } from './review-sides.ts'

export interface ReviewStates {
  readonly states?: { readonly before: FactBase; readonly after: FactBase }
  readonly changed: readonly ChangedMigration[]
  /** Why a part is missing. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The schema without and with a change, from the cache or by running the migrations in scratch databases; operations become SQL there.
 * Where that does not go, the document says why and does without.
 */
export async function reviewStates(context: CliContext, { changed, before, after }: ReviewSides): Promise<ReviewStates> {
  if (changed.length === 0) return { changed, diagnostics: [] }
  const authoring = await import('@yama/authoring')
  const given = await context.authoring()
  const of = (migrations: readonly Migration[]): typeof given => ({
    ...given,
    migrations: { name: 'review', load: () => Promise.resolve(migrations) },
  })
  try {
    const project = await authoring.withScratchMajor(of(after))
    const compiled = await compile(project, changed)
    const pool = authoring.scratchPool(authoring.schemaDialect(project.dialect), project.scratch, project.notice)
    try {
      const nodes = (migrations: readonly Migration[]): Promise<readonly GraphNode[]> =>
        authoring.historyNodes({ ...project, migrations: of(migrations).migrations })
      const states = await authoring.replayBoth(project, await nodes(before), await nodes(after), pool)
      return { states, changed: compiled, diagnostics: [] }
    } finally {
      await pool[Symbol.asyncDispose]()
    }
  } catch (error) {
    context.signal.throwIfAborted()
    return { changed, diagnostics: await told(error) }
  }

  async function compile(project: typeof given, all: readonly ChangedMigration[]): Promise<readonly ChangedMigration[]> {
    const withOperations = all.filter(({ migration }) =>
      [...migration.up, ...(migration.down ?? [])].some(({ kind }) => kind === 'operation'),
    )
    if (withOperations.length === 0) return all
    const sql = await authoring.compileOperationSteps(project, new Set(withOperations.map(({ migration }) => migration.id)))
    return all.map(({ migration, change }) => ({ migration: sql.get(migration.id) ?? migration, change }))
  }
}

/** A migration that does not run is an error at its place; anything else only costs a part of the document. */
async function told(error: unknown): Promise<readonly Diagnostic[]> {
  const { reviewErrors } = await import('@yama/review')
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  const missing = toDiagnostic(reviewErrors.YAMA_REVIEW_NOT_BUILT({ reason: /[.!?]$/.test(reason) ? reason : `${reason}.` }), 'info')
  return YamaError.is(error) && error.code === 'YAMA_REPLAY_FAILED' ? [toDiagnostic(error, 'error'), missing] : [missing]
}
