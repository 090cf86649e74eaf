import type { HistoryWrite, StepRow } from '../contract/history.ts'
import type { CommitGroup, PlannedMigration, PlannedStep } from '../contract/plan.ts'
import { isBatchFailure } from '../errors/batch-failure.ts'
import { YamaError } from '../errors/yama-error.ts'
import { sha256Hex } from '../hash/sha256.ts'
import { outcome, partialWrite, writeHistory, type ActiveRun } from './active-run.ts'
import { errorMessage, failMigration, type Failure } from './migration-failure.ts'
import { runStep } from './run-step.ts'

interface Progress {
  where: Failure['where']
  step: PlannedStep | undefined
  leftover: unknown
  readonly committed: PlannedStep[]
}

/**
 * Statement by statement: for hooks, code, and statements outside a transaction. Each of the latter has its intent
 * written before it runs and its end after, so that a run that dies in between is seen by the next one.
 */
export async function applyGroups(run: ActiveRun, planned: PlannedMigration): Promise<void> {
  const progress: Progress = { where: 'step', step: undefined, leftover: undefined, committed: [] }
  const start = performance.now()
  try {
    const attempt = planned.groups.every((group) => group.transactional) ? 1 : await nextAttempt(run, planned)
    for (const [number, group] of planned.groups.entries()) {
      const last = number === planned.groups.length - 1
      const end = (): { readonly writes: readonly HistoryWrite[]; readonly commit: () => void } =>
        last
          ? outcome(run, planned, Math.round(performance.now() - start))
          : { writes: [partialWrite(run, planned)], commit: () => undefined }
      if (group.transactional) await inTransaction(run, planned, group, progress, end)
      else await alone(run, planned, group, number, attempt, progress, end)
      progress.committed.push(...group.steps)
    }
  } catch (error) {
    const cause = isBatchFailure(error) ? error.cause : error
    throw await failMigration(run, planned, { ...progress, cause })
  }
}

type End = () => { readonly writes: readonly HistoryWrite[]; readonly commit: () => void }

async function inTransaction(run: ActiveRun, planned: PlannedMigration, group: CommitGroup, progress: Progress, end: End): Promise<void> {
  const statements = group.steps.flatMap(({ step }) => (step.kind === 'sql' ? [step.text] : []))
  const commit = await run.connection.transaction(
    async () => {
      progress.where = 'fence'
      await run.connection.batch([run.history.fence(run.token)], { transaction: false })
      progress.where = 'step'
      for (const step of group.steps) {
        progress.step = step
        await runStep(run, planned, step)
      }
      progress.where = 'history'
      progress.step = undefined
      const { writes, commit: finished } = end()
      await run.connection.batch(run.history.encode(writes), { transaction: false })
      progress.where = 'commit'
      return finished
    },
    { statements },
  )
  commit()
}

async function alone(
  run: ActiveRun,
  planned: PlannedMigration,
  group: CommitGroup,
  number: number,
  attempt: number,
  progress: Progress,
  end: End,
): Promise<void> {
  const step = group.steps[0]
  if (step === undefined) return
  const row = stepRow(run, planned, step, number, attempt)
  progress.step = step
  await journal(run, progress, [{ write: 'step', row }])
  progress.where = 'step'
  let rows: number
  try {
    rows = await runStep(run, planned, step)
    await checkAfter(run, step)
  } catch (error) {
    progress.leftover = await leftover(run, step, error)
    await closeStep(run, planned, row, error, progress)
    throw error
  }
  const { writes, commit } = end()
  await journal(run, progress, [{ write: 'step', row: { ...row, state: 'done', rows, finishedAt: run.journal.clock() } }, ...writes])
  commit()
}

/** The first command of each write of the history is the fence. */
async function journal(run: ActiveRun, progress: Progress, writes: readonly HistoryWrite[]): Promise<void> {
  progress.where = 'history'
  try {
    await run.connection.batch([run.history.fence(run.token), ...run.history.encode(writes)], { transaction: true })
  } catch (error) {
    if (isBatchFailure(error) && error.index === 0) progress.where = 'fence'
    throw error
  }
}

async function checkAfter(run: ActiveRun, { step }: PlannedStep): Promise<void> {
  if (step.kind === 'sql') await run.config.dialect.checkAfter?.(run.connection, step.text)
}

/** A failed statement outside a transaction may leave something behind, as CREATE INDEX CONCURRENTLY does. */
async function leftover(run: ActiveRun, step: PlannedStep, error: unknown): Promise<unknown> {
  // Code may have done anything before it threw.
  if (step.step.kind !== 'sql') return error
  try {
    await checkAfter(run, step)
    return undefined
  } catch (found) {
    return found
  }
}

/** Nothing left behind: the statement is as if it had not been tried. Otherwise it stays open until a person settles it. */
async function closeStep(run: ActiveRun, planned: PlannedMigration, row: StepRow, error: unknown, progress: Progress): Promise<void> {
  if (YamaError.is(error) ? false : run.config.dialect.describeFailure(error).kind === 'disconnected') return
  const clean = progress.leftover === undefined
  const closed: StepRow = {
    ...row,
    state: clean ? 'skipped' : 'failed',
    finishedAt: run.journal.clock(),
    error: { message: errorMessage(error) },
  }
  const partial = clean && progress.committed.length === 0 ? [] : [partialWrite(run, planned)]
  try {
    await writeHistory(run, [{ write: 'step', row: closed }, ...partial])
  } catch (cause) {
    await run.emit({
      type: 'notice',
      message: `The end of a statement of ${row.migrationId} could not be recorded: ${errorMessage(cause)}`,
      migration: row.migrationId,
    })
  }
}

function stepRow(
  run: ActiveRun,
  { node, direction }: PlannedMigration,
  { index, step }: PlannedStep,
  group: number,
  attempt: number,
): StepRow {
  const sql = step.kind === 'sql' ? step.text : `(${step.kind})`
  return {
    migrationId: node.migration.id,
    attempt,
    n: index,
    group,
    direction,
    mode: 'autocommit',
    statementHash: sha256Hex(sql),
    sql,
    state: 'intent',
    startedAt: run.journal.clock(),
  }
}

async function nextAttempt(run: ActiveRun, { node }: PlannedMigration): Promise<number> {
  const ended = new Set([
    'migration.failed',
    'migration.aborted',
    'migration.succeeded',
    'migration.reverted',
    'marked_applied',
    'marked_reverted',
  ])
  const events = await run.history.events({ migrationId: node.migration.id })
  return 1 + events.filter(({ type }) => ended.has(type)).length
}
