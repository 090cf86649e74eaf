import type { QueryResult } from '../contract/dialect.ts'
import type { StepContext } from '../contract/migration.ts'
import type { PlannedMigration, PlannedStep } from '../contract/plan.ts'
import { coreErrors } from '../errors/errors.ts'
import { sendSql } from './sql-text.ts'
import type { ActiveRun } from './active-run.ts'

/** How a statement is sent. */
export type Send = (sql: string) => Promise<QueryResult>

/** Runs one step inside the `step` hook; rejects when a handler ends without running it. Gives the rows changed. */
export async function runStep(run: ActiveRun, planned: PlannedMigration, { index, step }: PlannedStep, send?: Send): Promise<number> {
  const {
    connection,
    signal,
    config: { dialect },
  } = run
  const { migration } = planned.node
  const context: StepContext = { connection, dialect, migration, direction: planned.direction, signal }
  const start = performance.now()
  let state: { readonly rows: number } | { readonly error: unknown } | undefined

  const work = async (): Promise<void> => {
    try {
      signal.throwIfAborted()
      if (step.kind === 'sql')
        state = { rows: (await sendSql(step, send ?? ((sql) => connection.execute(sql, undefined, signal)))).affected }
      else {
        if (step.kind === 'code') await step.run(context)
        else await run.steps.get((step as { readonly kind: string }).kind)?.(step, context)
        state = { rows: 0 }
      }
    } catch (error) {
      state = { error }
      throw error
    }
  }
  await run.bus.step({ ...context, step, index }, work)
  if (state === undefined) throw coreErrors.YAMA_HOOK_SKIPPED({ hook: 'step', id: `${migration.id}, statement ${index + 1}` })
  // A handler must not turn a failed statement into success.
  if ('error' in state) throw state.error
  const total = planned.groups.reduce((sum, group) => sum + group.steps.length, 0)
  await run.emit({
    type: 'step:finished',
    id: migration.id,
    index,
    total,
    durationMs: Math.round(performance.now() - start),
    rows: state.rows,
  })
  return state.rows
}
