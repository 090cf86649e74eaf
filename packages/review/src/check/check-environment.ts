import {
  buildGraph,
  judgeGraph,
  judgeReversed,
  makePlan,
  resolveChain,
  toDiagnostic,
  YamaError,
  type Diagnostic,
  type Dialect,
  type HistoryState,
  type Migration,
} from '@yama/core'
import { reviewErrors } from '../errors/errors.ts'

export interface EnvironmentVerdict {
  readonly environment: string
  /** Ids in the order in which they would run. */
  readonly wouldApply: readonly string[]
  readonly safe: boolean
  /** Why not, or what else is to be known. */
  readonly because: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What the files would do in an environment whose applied migrations were exported. */
export async function checkEnvironment(
  migrations: readonly Migration[],
  history: HistoryState,
  dialect: Dialect,
  names: { readonly environment: string; readonly project: string },
): Promise<EnvironmentVerdict> {
  const { environment, project } = names
  try {
    const chain = resolveChain(migrations, history.migrations)
    const graph = buildGraph(migrations, chain)
    const applied = new Set(history.migrations.filter(({ status }) => status === 'applied').map(({ id }) => id))
    const conflicts = await judgeGraph(graph, dialect, (id) => !applied.has(id))
    const reversed = await judgeReversed(
      graph,
      dialect,
      (id) => !applied.has(id),
      (id) => applied.has(id),
    )
    const plan = makePlan({
      graph,
      history,
      target: { up: 'latest' },
      dialect,
      project,
      environment,
      late: chain.late,
      conflicts,
      reversed,
    })
    const losses = plan.losses.map(({ migration, what }) => `${migration} loses ${what}`)
    return {
      environment,
      wouldApply: plan.migrations.map(({ node }) => node.migration.id),
      safe: true,
      because: losses,
      diagnostics: plan.diagnostics,
    }
  } catch (error) {
    if (!YamaError.is(error)) throw error
    const told = reviewErrors.YAMA_CHECK_ENVIRONMENT(
      { environment, reason: error.message },
      { cause: error, ...(error.position === undefined ? {} : { position: error.position }) },
    )
    return { environment, wouldApply: [], safe: false, because: [error.message], diagnostics: [toDiagnostic(told, 'error')] }
  }
}
