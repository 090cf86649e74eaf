import type { HistoryWrite, JsonValue, StepRow } from '../contract/history.ts'
import type { StepExpectation } from '../contract/probe.ts'
import { isBatchFailure } from '../errors/batch-failure.ts'
import { YamaError } from '../errors/yama-error.ts'
import { partialWrite, writeHistory, type ActiveRun } from './active-run.ts'
import type { GroupRun, Progress } from './group-run.ts'
import { leftoverOf } from './leftover-of.ts'
import { errorMessage } from './migration-failure.ts'
import { groupRow } from './step-row.ts'

/**
 * Intent, work, end: each written by itself. The intent says what the objects of the statement are before it and which
 * session runs it, so that somebody who finds no end can tell whether it took effect.
 */
export async function applyAlone(part: GroupRun, work: () => Promise<number>): Promise<void> {
  const { run, group, progress, end } = part
  const [step] = group.steps
  if (step === undefined) return
  progress.step = step
  const row = await intentOf(part)
  await write(run, progress, [...progress.unwritten, { write: 'step', row }])
  progress.unwritten = []
  progress.where = 'step'
  let rows: number
  try {
    rows = await work()
    progress.rows += rows
    if (step.step.kind === 'sql') await run.config.dialect.checkAfter?.(run.connection, step.step.text)
  } catch (error) {
    progress.leftover = await leftoverOf(run, step, row, error)
    await closeStep(part, row, error)
    throw error
  }
  const { writes, commit } = end()
  const ends: readonly HistoryWrite[] = [
    { write: 'step', row: { ...row, state: 'done', rows, finishedAt: run.journal.clock() } },
    ...writes,
  ]
  // One wait for the disk less. A run that dies before then leaves an intent of which the objects tell that it took effect.
  if (part.nextSaysIntent && row.expect !== undefined) progress.unwritten = ends
  else await write(run, progress, ends)
  commit()
}

/** Says what took effect before a failure that came before the next intent was written. */
export async function writeEnds(run: ActiveRun, progress: Progress, error: unknown): Promise<void> {
  const ends = progress.unwritten
  progress.unwritten = []
  if (ends.length === 0 || progress.where === 'fence' || isDisconnected(run, error)) return
  try {
    await writeHistory(run, ends)
  } catch (cause) {
    await run.emit({ type: 'notice', message: `The end of a statement could not be recorded: ${errorMessage(cause)}` })
  }
}

const isDisconnected = (run: ActiveRun, error: unknown): boolean =>
  !YamaError.is(error) && run.config.dialect.describeFailure(error).kind === 'disconnected'

async function intentOf(part: GroupRun): Promise<StepRow> {
  const { run, group, progress } = part
  const row = groupRow(part)
  const { probe } = run.config.dialect
  const [only, ...more] = group.steps
  if (probe === undefined) return row
  progress.where = 'history'
  const backend = await run.backend()
  let expect: StepExpectation | undefined
  if (only?.step.kind === 'sql' && more.length === 0 && !group.transactional) expect = await probe.expect(run.connection, only.step.text)
  return {
    ...row,
    ...(backend === undefined ? {} : { backend }),
    ...(expect === undefined ? {} : { expect: expect as unknown as JsonValue }),
  }
}

/** The first command of each write of the history is the fence. */
async function write(run: ActiveRun, progress: Progress, writes: readonly HistoryWrite[]): Promise<void> {
  progress.where = 'history'
  try {
    await run.connection.batch([run.history.fence(run.token), ...run.history.encode(writes)], { transaction: true })
  } catch (error) {
    if (isBatchFailure(error) && error.index === 0) progress.where = 'fence'
    throw error
  }
}

/** Nothing left behind: the statement is as if it had not been tried. Otherwise it stays open until it is settled. */
async function closeStep({ run, planned, progress }: GroupRun, row: StepRow, error: unknown): Promise<void> {
  if (isDisconnected(run, error)) return
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
