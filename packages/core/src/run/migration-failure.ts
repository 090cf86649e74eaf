import type { DescribedFailure } from '../contract/dialect.ts'
import type { PlannedMigration, PlannedStep } from '../contract/plan.ts'
import type { JsonValue } from '../contract/history.ts'
import type { SourcePosition } from '../contract/migration.ts'
import { coreErrors } from '../errors/errors.ts'
import { statementPosition } from '../errors/statement-position.ts'
import { YamaError } from '../errors/yama-error.ts'
import { writeHistory, type ActiveRun } from './active-run.ts'
import { lookAfterBreak, type Look } from './look-after-break.ts'

/** What stopped a migration, and what of it stays. */
export interface Failure {
  /** `fence`: the lock is gone. `step`: a statement. `history`: the row of the migration. `commit`: the end of the transaction. */
  readonly where: 'fence' | 'step' | 'history' | 'commit'
  readonly cause: unknown
  readonly step?: PlannedStep | undefined
  /** Steps whose effect is committed. */
  readonly committed: readonly PlannedStep[]
  /** What a check after the failed statement found. */
  readonly leftover?: unknown
}

/** Records the failure in a transaction of its own and gives the error to throw. */
export async function failMigration(run: ActiveRun, planned: PlannedMigration, failure: Failure): Promise<YamaError> {
  const described = describe(run, failure.cause)
  const look = described.kind === 'disconnected' ? await lookAfterBreak(run, planned) : undefined
  if (look?.state === 'done') run.done.push(planned.node.migration.id)
  const error = toError(run, planned, failure, described, look)
  await run.emit({ type: 'migration:failed', id: planned.node.migration.id, direction: planned.direction, code: error.code })
  // Without the connection or the lock nothing may be written; the next run reads what was committed.
  if (look === undefined && failure.where !== 'fence' && described.kind !== 'read-only') await record(run, planned, failure, error)
  run.failure = error
  return error
}

function describe(run: ActiveRun, cause: unknown): DescribedFailure {
  if (!YamaError.is(cause)) return run.config.dialect.describeFailure(cause)
  const { kind } = run.config.dialect.describeFailure(cause.cause ?? cause)
  return { kind, message: cause.message, hint: cause.hint }
}

function toError(
  run: ActiveRun,
  planned: PlannedMigration,
  failure: Failure,
  described: DescribedFailure,
  look: Look | undefined,
): YamaError {
  const { migration } = planned.node
  const { step, committed, cause, leftover } = failure
  const id = migration.id
  const done = run.done.length
  const total = run.plan.migrations.length
  const earlier = planned.resume?.steps ?? 0
  const partial = committed.length > 0 || leftover !== undefined || earlier > 0
  const text = step?.step.kind === 'sql' ? step.step.text : undefined
  const position = text === undefined ? placeInCode(step, cause) : statementPosition(step?.step.position, text, described.offset)
  const context = {
    cause,
    position,
    data: { statement: text, failure: described, committed: committed.map(shown), report: { done: [...run.done] } },
  }
  const reason = sentence(described.detail === undefined ? described.message : `${described.message} (${described.detail})`)
  const effects = partial
    ? sentence(
        [
          ...(earlier > 0 ? [`the first ${earlier} statements took effect in an earlier run`] : []),
          ...committed.map(shown),
          ...(leftover === undefined ? [] : [message(leftover)]),
        ].join('; '),
      )
    : 'Nothing of it is kept.'

  if (run.signal.aborted) return coreErrors.YAMA_RUN_ABORTED({ id, effects, done, total }, context)
  if (look !== undefined) {
    const state = LOOKS[look.state] ?? stateAfterBreak(planned, failure)
    const values = { id, reason: described.message.replace(/\.$/, ''), state, done, total }
    if (look.readOnly) return coreErrors.YAMA_RUN_FAILOVER(values, context)
    // What the server broke off for a reason that stays (a packet that is too large) would break again.
    const advice = described.hint ?? 'Run `yama status` to see which, then run again.'
    return coreErrors.YAMA_RUN_DISCONNECTED({ ...values, advice }, context)
  }
  if (described.kind === 'read-only') return coreErrors.YAMA_RUN_READ_ONLY({ id, reason, effects, done, total }, context)
  if (described.kind === 'disk-full') return coreErrors.YAMA_RUN_DISK_FULL({ id, reason, effects, done, total }, context)
  if (failure.where === 'fence') return coreErrors.YAMA_LOCK_LOST({ id, effects }, context)
  if (failure.where === 'history') return coreErrors.YAMA_HISTORY_WRITE({ id, reason: described.message, effects }, context)
  const place = position === undefined ? migration.file : `${position.file}:${position.line}:${position.column}`
  const direction = planned.direction === 'up' ? 'being applied' : 'being reverted'
  const own = described.hint ?? (YamaError.is(leftover) ? leftover.hint : undefined)
  const advice = own ?? 'Correct the statement and run again.'
  if (!partial) return coreErrors.YAMA_MIGRATION_FAILED({ id, place, reason, direction, done, total, advice }, context)
  return coreErrors.YAMA_MIGRATION_PARTIAL({ id, place, reason, direction, effects, done, total, advice }, context)
}

/** What was found by looking, in place of what could only be said before. */
const LOOKS: Partial<Record<Look['state'], string>> = {
  done: 'A new connection shows that it was committed: it is done and recorded',
  absent: 'A new connection shows that it was not committed: nothing of it is kept',
  begun: 'A new connection shows that it was begun; the next run goes on where it stopped',
}

function placeInCode(planned: PlannedStep | undefined, cause: unknown): SourcePosition | undefined {
  const step = planned?.step
  return (step?.kind === 'code' ? step.locate?.(cause) : undefined) ?? step?.position
}

/** A transaction is there or not; a statement outside of one goes on in the server, and what was committed before it stays. */
function stateAfterBreak(planned: PlannedMigration, { step, committed }: Failure): string {
  const group = planned.groups.find(({ steps }) => step !== undefined && steps.includes(step))
  if (group?.transactional !== false && committed.length === 0 && planned.resume === undefined)
    return 'The migration is either whole or not there at all'
  const earlier = committed.map((done) => `${shown(done)}; `).join('')
  const last = step === undefined ? 'its end' : `statement ${step.index + 1}`
  return `${sentenceStart(earlier)}${earlier === '' ? 'Whether' : 'whether'} ${last} took effect is not known`
}

const sentenceStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

async function record(run: ActiveRun, planned: PlannedMigration, failure: Failure, error: YamaError): Promise<void> {
  const migrationId = planned.node.migration.id
  try {
    const earlier = await run.history.events({ migrationIds: [migrationId] })
    const attempt = 1 + earlier.filter(({ type }) => type === 'migration.failed' || type === 'migration.aborted').length
    const payload: Record<string, JsonValue> = { direction: planned.direction, code: error.code, message: error.message }
    if (failure.step?.step.kind === 'sql') payload['statement'] = failure.step.step.text
    const type = error.code === 'YAMA_RUN_ABORTED' ? 'migration.aborted' : 'migration.failed'
    await writeHistory(run, [], [{ type, migrationId, attempt, payload }])
  } catch (cause) {
    await run.emit({
      type: 'notice',
      message: `The failure of ${migrationId} could not be recorded: ${message(cause)}`,
      migration: migrationId,
    })
  }
}

const shown = ({ index, step }: PlannedStep): string =>
  `statement ${index + 1} is committed${step.kind === 'sql' ? `: ${firstLine(step.text)}` : ''}`
const firstLine = (text: string): string => {
  const line = text.trim().split('\n')[0] ?? ''
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
const message = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`)
export { message as errorMessage, sentence }
