import type { HistoryWrite, JsonValue, StepRow } from '../../contract/history.ts'
import type { PlannedMigration, Resume } from '../../contract/plan.ts'
import { coreErrors } from '../../errors/errors.ts'
import { partialWrite, writeHistory, type ActiveRun } from '../active-run.ts'
import type { JournalEntry } from '../journal.ts'
import { findProgress } from './find-progress.ts'

/**
 * Looks once more, now that the lock is held, and records what was found, each as an event: the statement that took effect
 * is healed, the one that did not is set aside, and a run that died without a word is aborted.
 */
export async function settleOpen(run: ActiveRun, planned: PlannedMigration, resume: Resume): Promise<void> {
  const { connection, history, journal } = run
  const { id } = planned.node.migration
  const progress = await findProgress(run.config.dialect, connection, history, id)
  const { found } = resume
  const same =
    progress?.attempt === resume.attempt &&
    progress.direction === resume.journal &&
    progress.done.length === resume.groups &&
    progress.found?.row.n === found?.row.n &&
    progress.found?.verdict === (found?.assumed === true ? 'unknown' : found?.verdict)
  if (!same) throw coreErrors.YAMA_PLAN_STALE({ what: `what the earlier run of ${id} has left is no longer what the plan was made for` })
  const writes: HistoryWrite[] = [partialWrite(run, planned)]
  const entries: JournalEntry[] = []
  const [last] = await history.events({ migrationIds: [id], limit: 1 })
  const statement = found === undefined ? {} : { n: found.row.n + 1, statement: found.row.sql }
  if (last?.type !== 'migration.failed' && last?.type !== 'migration.aborted')
    entries.push(entry('migration.aborted', id, resume.attempt, { direction: resume.journal, found: 'the run did not end', ...statement }))
  if (found !== undefined) {
    const state: StepRow['state'] = found.verdict === 'done' ? 'healed' : 'skipped'
    writes.push({ write: 'step', row: { ...found.row, state, finishedAt: journal.clock() } })
    const evidence = { ...statement, why: found.why, now: (found.now ?? null) as JsonValue }
    if (state === 'healed') entries.push(entry('step.healed', id, resume.attempt, evidence))
    await run.emit({ type: 'notice', migration: id, message: `Statement ${found.row.n + 1} ${told(found.verdict)}: ${found.why}` })
    for (const sql of found.leftovers) await connection.execute(sql, undefined, run.signal)
  }
  await writeHistory(run, writes, entries)
  for (const sql of resume.session) await connection.execute(sql, undefined, run.signal)
}

const told = (verdict: 'done' | 'undone' | 'unknown' | 'running'): string =>
  verdict === 'done' ? 'took effect before the earlier run ended' : 'did not take effect in the earlier run'

const entry = (
  type: JournalEntry['type'],
  migrationId: string,
  attempt: number,
  payload: NonNullable<JournalEntry['payload']>,
): JournalEntry => ({
  type,
  migrationId,
  attempt,
  payload,
})
