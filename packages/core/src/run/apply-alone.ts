import type { HistoryWrite, JsonValue, StepRow } from '../contract/history.ts'
import type { StepExpectation } from '../contract/probe.ts'
import { isBatchFailure } from '../errors/batch-failure.ts'
import { YamaError } from '../errors/yama-error.ts'
import { partialWrite, writeHistory, type ActiveRun } from './active-run.ts'
import type { GroupRun, Progress } from './group-run.ts'
import { leftoverOf } from './leftover-of.ts'
import { errorMessage } from './migration-failure.ts'
import type { Send } from './run-step.ts'
import { groupRow } from './step-row.ts'

/**
 * Intent, work, end: each committed by itself. The intent says what the objects of the statement are before it and which
 * session runs it, so that somebody who finds no end can tell whether it took effect. `work` sends the statement with `send`, where given.
 */
export async function applyAlone(part: GroupRun, work: (send: Send | undefined) => Promise<number>): Promise<void> {
  const { run, group, progress, end, ahead } = part
  const [step] = group.steps
  if (step === undefined) return
  progress.step = step
  const row = await intentOf(part)
  const intent: readonly HistoryWrite[] = [...progress.unwritten, { write: 'step', row }]
  const sending = sendBehind(part, intent)
  if (sending === undefined) await writeAhead(run, progress, intent)
  let rows: number
  try {
    rows = await work(sending)
    progress.rows += rows
    if (step.step.kind === 'sql') await run.config.dialect.checkAfter?.(run.connection, step.step.text)
  } catch (error) {
    // Without an intent the statement has not begun.
    if (progress.where !== 'step') throw error
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
  else await write(run, progress, ends, ahead)
  commit()
}

async function writeAhead(run: ActiveRun, progress: Progress, intent: readonly HistoryWrite[]): Promise<void> {
  await write(run, progress, intent)
  begin(progress)
}

function begin(progress: Progress): void {
  progress.unwritten = []
  progress.where = 'step'
}

/** Sends one statement and its intent in one exchange, where nobody has to be asked between the two. */
function sendBehind({ run, group, progress, ahead }: GroupRun, intent: readonly HistoryWrite[]): Send | undefined {
  const { bus, connection, history, signal, token } = run
  const { commitThen } = connection
  const [only, ...more] = group.steps
  const isPlain = only?.step.kind === 'sql' && only.step.secret === undefined && more.length === 0 && !group.transactional
  if (commitThen === undefined || !isPlain || bus.has('step') || bus.has('migration')) return undefined
  return async (sql) => {
    const commands = [history.fence(token), ...history.encode(intent)]
    progress.where = 'history'
    const result = await commitThen(commands, sql, { ahead }, signal).catch((error: unknown) => {
      if (!isBatchFailure(error)) throw error
      if (error.index === 0) progress.where = 'fence'
      if (error.index <= commands.length) throw error
      begin(progress)
      throw error.cause
    })
    if (result === undefined) await writeAhead(run, progress, intent)
    else begin(progress)
    return result ?? (await connection.execute(sql, undefined, signal))
  }
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

/** Each write of the history begins with the fence. */
async function write(run: ActiveRun, progress: Progress, writes: readonly HistoryWrite[], ahead: readonly string[] = []): Promise<void> {
  progress.where = 'history'
  const own = run.keeper?.own ?? []
  try {
    await run.connection.batch([...own, run.history.fence(run.token), ...run.history.encode(writes)], { transaction: true, ahead })
  } catch (error) {
    if (isBatchFailure(error) && error.index === own.length) progress.where = 'fence'
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
