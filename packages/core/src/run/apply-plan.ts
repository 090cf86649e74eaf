import type { SessionWork } from '../contract/dialect.ts'
import type { HistoryWrite } from '../contract/history.ts'
import type { PlannedMigration } from '../contract/plan.ts'
import type { RunReport } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { YamaError } from '../errors/yama-error.ts'
import { writeHistory, type ActiveRun } from './active-run.ts'
import { applyGroups } from './apply-groups.ts'
import { applyInOneBatch, isPlain } from './apply-in-one-batch.ts'
import { applyTogether, createPace } from './apply-together.ts'
import { isAtomic } from './is-atomic.ts'
import type { JournalEntry } from './journal.ts'
import { errorMessage, sentence } from './migration-failure.ts'
import { settleOpen } from './recover/settle-open.ts'
import { statementsAhead } from './statements-ahead.ts'

/** Runs every migration of the plan in order, under a lock that is held by the caller. */
export async function applyPlan(run: ActiveRun): Promise<RunReport> {
  const { plan, config, journal } = run
  const total = plan.migrations.length
  await run.emit({ type: 'run:started', runId: journal.runId, total })
  const payload = {
    plan: plan.digest,
    total,
    toolVersion: config.toolVersion ?? '0.0.0',
    ...(run.reason === undefined ? {} : { reason: run.reason }),
  }
  const sent = performance.now()
  await writeHistory(run, pinned(run), [{ type: 'run.started', payload }], statementsAhead(run, 0))
  const exchangeMs = performance.now() - sent
  try {
    await applyAll(run, exchangeMs)
  } catch (error) {
    await finish(run, { ok: false, code: YamaError.is(error) ? error.code : 'YAMA_HOOK_FAILED' })
    throw error
  }
  await finish(run, { ok: true })
  const durationMs = Math.round(performance.now() - run.startedAt)
  await run.emit({ type: 'run:finished', runId: journal.runId, durationMs })
  return {
    runId: journal.runId,
    applied: run.done.filter((id) => run.ups.has(id)),
    reverted: run.done.filter((id) => !run.ups.has(id)),
    durationMs,
    diagnostics: plan.diagnostics,
  }
}

/** The first run of an environment writes its name into the database. */
function pinned({ config }: ActiveRun): Parameters<typeof writeHistory>[1] {
  return config.environment === undefined ? [] : [{ write: 'meta', key: 'environment', value: config.environment.name }]
}

async function applyAll(run: ActiveRun, exchangeMs: number): Promise<void> {
  const { migrations } = run.plan
  const pace = createPace(run, exchangeMs)
  for (let index = 0; index < migrations.length;) {
    const start = performance.now()
    const group = pace.next(index)
    refuseAborted(run, migrations[index]!)
    const done = group.length < 2 ? 0 : await applyTogether(run, group, index)
    if (done === 0) for (const planned of migrations.slice(index, index + Math.max(1, group.length))) await applyOne(run, planned, index++)
    index += done
    pace.took(Math.max(1, group.length), performance.now() - start)
  }
}

function refuseAborted(run: ActiveRun, { node }: PlannedMigration): void {
  if (!run.signal.aborted) return
  const { id } = node.migration
  const total = run.plan.migrations.length
  throw coreErrors.YAMA_RUN_ABORTED({ id, effects: 'Nothing of it was run.', done: run.done.length, total }, { cause: run.signal.reason })
}

async function applyOne(run: ActiveRun, planned: PlannedMigration, index: number): Promise<void> {
  const {
    node: { migration },
    direction,
  } = planned
  const { id, name } = migration
  const total = run.plan.migrations.length
  refuseAborted(run, planned)
  const start = performance.now()
  await run.emit({ type: 'migration:started', id, name, direction, index, total })
  const isDone = (): boolean => run.done.includes(id, index)
  try {
    await run.bus.migration(planned, { dialect: run.config.dialect, signal: run.signal }, () => applyMigration(run, planned))
  } catch (error) {
    if (error === run.failure || YamaError.is(error)) throw error
    const effects = isDone() ? 'The migration is done and recorded.' : 'Nothing of it is kept.'
    throw coreErrors.YAMA_HOOK_FAILED({ hook: 'migration', id, reason: sentence(errorMessage(error)), effects }, { cause: error })
  }
  // A handler must turn neither a failure nor an omission into success.
  if (run.failure !== undefined) throw run.failure
  if (!isDone()) throw coreErrors.YAMA_HOOK_SKIPPED({ hook: 'migration', id })
  await run.emit({ type: 'migration:finished', id, direction, durationMs: Math.round(performance.now() - start) })
}

async function applyMigration(run: ActiveRun, planned: PlannedMigration): Promise<void> {
  const watched = run.bus.has('step') || run.bus.has('migration')
  const keeper = await run.config.dialect.keepSession?.(run.connection, sessionWork(planned))
  run.keeper = keeper
  try {
    if (planned.resume !== undefined) await settleOpen(run, planned, planned.resume)
    const together = isPlain(planned) && !watched && (await isAtomic(run, planned.groups[0]!))
    await (together ? applyInOneBatch(run, planned) : applyGroups(run, planned))
  } catch (error) {
    // The session may serve another run, which must not depend on the one that failed.
    if (!isSpeechless(error)) await keeper?.giveBack().catch((cause: unknown) => notGivenBack(run, cause))
    throw error
  }
  await keeper?.giveBack()
  run.keeper = undefined
}

function sessionWork({ groups }: PlannedMigration): SessionWork {
  const steps = groups.flatMap((group) => group.steps.map(({ step }) => step))
  const statements = steps.flatMap((step) => (step.kind === 'sql' ? [step.text] : []))
  return { statements, others: statements.length < steps.length }
}

const notGivenBack = (run: ActiveRun, cause: unknown): Promise<void> =>
  run.emit({ type: 'notice', message: `The settings of the session could not be given back: ${errorMessage(cause)}` })

/** So many times are written in one statement. */
const DURATIONS = 500

/** Nothing can be written any more, and the error says so. */
const SPEECHLESS = new Set(['YAMA_RUN_DISCONNECTED', 'YAMA_RUN_FAILOVER', 'YAMA_RUN_READ_ONLY', 'YAMA_LOCK_LOST'])
const isSpeechless = (error: unknown): boolean => YamaError.is(error) && SPEECHLESS.has(error.code)

/** A run that lost its connection or lock cannot say goodbye; its error says so already. */
async function finish(run: ActiveRun, result: { readonly ok: boolean; readonly code?: string }): Promise<void> {
  const measured = [...run.measured]
  const ms = measured.flatMap(([id, { durationMs }]) => (durationMs > 0 && run.ups.has(id) ? [[id, durationMs] as const] : []))
  const durations: HistoryWrite[] = []
  // A server compares each of them with each row that it changes.
  for (let from = 0; from < ms.length; from += DURATIONS) durations.push({ write: 'durations', ms: ms.slice(from, from + DURATIONS) })
  const payload = {
    done: run.done.length,
    durationMs: Math.round(performance.now() - run.startedAt),
    ...result,
    ...(measured.length === 0 ? {} : { took: Object.fromEntries(measured.map(([id, took]) => [id, [took.durationMs, took.rows]])) }),
  }
  const entries: readonly JournalEntry[] = [{ type: 'run.finished', payload }]
  if (result.ok) return await writeHistory(run, durations, entries)
  if (result.code !== undefined && SPEECHLESS.has(result.code)) return
  try {
    await writeHistory(run, durations, entries)
  } catch (error) {
    await run.emit({ type: 'notice', message: `The end of the run could not be recorded: ${errorMessage(error)}` })
  }
}
