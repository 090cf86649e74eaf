import type { CommitGroup, PlannedMigration, PlannedStep } from '../contract/plan.ts'
import { isBatchFailure } from '../errors/batch-failure.ts'
import { outcome, partialWrite, type ActiveRun } from './active-run.ts'
import { applyAlone, writeEnds } from './apply-alone.ts'
import type { GroupRun, Ending, Progress } from './group-run.ts'
import { isAtomic } from './is-atomic.ts'
import { failMigration } from './migration-failure.ts'
import { nextAttempt } from './next-attempt.ts'
import { runStep, type Send } from './run-step.ts'
import { statementsAhead } from './statements-ahead.ts'
import { groupRow } from './step-row.ts'

/**
 * Group by group: for hooks, code, and what does not fit one transaction. What commits by itself has its intent written
 * before it runs and its end after; a transaction among several has its row in it. So a run that dies in between is seen,
 * and continued, by the next one.
 */
export async function applyGroups(run: ActiveRun, planned: PlannedMigration): Promise<void> {
  const progress: Progress = { where: 'step', step: undefined, leftover: undefined, committed: [], rows: 0, unwritten: [] }
  const start = performance.now()
  const { groups, resume } = planned
  const offset = resume?.journal === planned.direction ? resume.groups + (resume.found?.verdict === 'done' ? 1 : 0) : 0
  try {
    const kept: boolean[] = []
    for (const group of groups) kept.push(group.transactional && (await isAtomic(run, group)))
    const journalled = groups.length > 1 || resume !== undefined || kept.includes(false)
    const attempt = journalled ? (resume?.attempt ?? (await nextAttempt(run, planned))) : 1
    for (const [index, group] of groups.entries()) {
      const end = (): Ending =>
        index === groups.length - 1
          ? outcome(run, planned, { durationMs: Math.round(performance.now() - start), rows: progress.rows })
          : { writes: [partialWrite(run, planned)], commit: () => undefined }
      const nextSaysIntent = kept[index + 1] === false
      const ahead = statementsAhead(run, groups[index + 1] ?? run.done.length + 1)
      const part: GroupRun = { run, planned, group, number: offset + index, attempt, progress, end, nextSaysIntent, ahead }
      if (kept[index] === true) await inTransaction(part, journalled && group.steps.length > 0)
      else await applyAlone(part, (send) => runAll(part, send))
      for (const step of group.steps) progress.committed.push(step)
    }
  } catch (error) {
    const cause = isBatchFailure(error) ? error.cause : error
    await writeEnds(run, progress, cause)
    throw await failMigration(run, planned, { ...progress, cause })
  }
}

async function inTransaction(part: GroupRun, journalled: boolean): Promise<void> {
  const { run, planned, group, progress, end } = part
  const commit = await run.connection.transaction(
    async () => {
      progress.where = 'fence'
      await run.connection.batch([run.history.fence(run.token)], { transaction: false })
      const row = groupRow(part)
      progress.where = 'step'
      let rows = 0
      for (const step of group.steps) rows += await runOne(part, step)
      progress.rows += rows
      progress.where = 'history'
      progress.step = undefined
      const { writes, commit: finished } = end()
      const done = { ...row, rows, state: 'done', mode: 'tx', finishedAt: run.journal.clock() } as const
      const written = run.history.encode([...(journalled ? [{ write: 'step', row: done } as const] : []), ...writes])
      await run.connection.batch([...(run.keeper?.own ?? []), ...written], { transaction: false })
      progress.where = 'commit'
      return finished
    },
    { statements: statementsOf(planned, group) },
  )
  commit()
}

/** What has no single transaction that keeps it whole: one statement, or a group on tables without transactions. */
async function runAll(part: GroupRun, send: Send | undefined): Promise<number> {
  const { run, planned, group } = part
  let rows = 0
  const all = async (): Promise<void> => {
    for (const step of group.steps) rows += await runOne(part, step, send)
  }
  if (group.transactional) await run.connection.transaction(all, { statements: statementsOf(planned, group) })
  else await all()
  return rows
}

async function runOne({ run, planned, progress }: GroupRun, step: PlannedStep, send?: Send): Promise<number> {
  progress.step = step
  return await runStep(run, planned, step, send)
}

/** Without a transaction around the migration its author prepares the session, and nothing is done for it. */
const statementsOf = ({ node, direction }: PlannedMigration, { steps }: CommitGroup): readonly string[] =>
  node.migration.transaction[direction] === 'none' ? [] : steps.flatMap(({ step }) => (step.kind === 'sql' ? [step.text] : []))
