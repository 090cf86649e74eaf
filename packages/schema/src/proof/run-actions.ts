import type { Connection } from '@yama/core'
import type { Action } from '../contract/action.ts'
import { schemaErrors } from '../errors/errors.ts'

/** Runs actions as a migration would: together in transactions, alone where they must be. Rejects with YAMA_PROOF_FAILED and the server's reason. */
export async function runActions(
  actions: readonly Action[],
  connection: Connection,
  stage: string,
): Promise<{ readonly statements: number; readonly durationMs: number }> {
  const started = performance.now()
  let segment: Action[] = []
  const flush = async (transaction: boolean): Promise<void> => {
    const run = segment
    segment = []
    if (run.length === 0) return
    try {
      await connection.batch(
        run.map(({ sql }) => ({ sql })),
        { transaction },
      )
    } catch (error) {
      throw failed(run, error, stage)
    }
  }
  for (const action of actions) {
    if (action.transaction === 'none') await flush(true)
    segment.push(action)
    if (action.transaction !== 'any') await flush(action.transaction === 'commit-after')
  }
  await flush(true)
  return { statements: actions.length, durationMs: performance.now() - started }
}

function failed(run: readonly Action[], error: unknown, stage: string): Error {
  const { index = 0, cause } = error as { readonly index?: number; readonly cause?: unknown }
  const action = run[index]
  const reason = cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error)
  return schemaErrors.YAMA_PROOF_FAILED(
    { stage, differences: `"${action?.title ?? ''}" was refused: ${reason}` },
    { cause: error, position: action?.because.origin, data: { sql: action?.sql } },
  )
}
