import type { Connection, Dialect } from '../../contract/dialect.ts'
import type { HistoryStore, StepRow } from '../../contract/history.ts'
import type { Direction, MigrationId } from '../../contract/migration.ts'
import type { CommitGroup, FoundStep } from '../../contract/plan.ts'
import { groupHash } from '../group-hash.ts'
import { probeStep } from './probe-step.ts'

/** How far an attempt came, group by group. */
export interface Progress {
  readonly attempt: number
  readonly direction: Direction
  /** Rows of finished groups, in order from the first on. */
  readonly done: readonly StepRow[]
  readonly found?: FoundStep
  /** The rows do not tell where it stopped: they come from a version without a journal, or some are missing. */
  readonly gap: boolean
}

const isDone = ({ state }: StepRow): boolean => state === 'done' || state === 'healed'

/** Reads the journal of the last attempt and probes the one statement that was under way; undefined without a journal. */
export async function findProgress(
  dialect: Dialect,
  connection: Connection,
  history: HistoryStore,
  id: MigrationId,
): Promise<Progress | undefined> {
  const rows = await history.steps([id])
  const attempt = Math.max(0, ...rows.map((row) => row.attempt))
  const last = rows.filter((row) => row.attempt === attempt)
  // An undo continues the attempt that it undoes.
  const direction: Direction = last.some((row) => row.direction === 'down') ? 'down' : 'up'
  const journal = last.filter((row) => row.direction === direction).sort((a, b) => a.group - b.group)
  if (journal.length === 0) return undefined
  const done = journal.filter(isDone)
  const open = journal.filter((row) => !isDone(row))
  const gap = done.some((row, group) => row.group !== group) || open.some((row) => row.group !== done.length) || open.length > 1
  const row = open[0]
  // Skipped: it failed and left nothing.
  if (row === undefined || row.state === 'skipped' || gap) return { attempt, direction, done, gap }
  return { attempt, direction, done, gap, found: await probeStep(dialect, connection, row) }
}

/** The first finished group whose statements are not those that ran; undefined where the file still says what was done. */
export function editedGroup(done: readonly StepRow[], groups: readonly CommitGroup[]): StepRow | undefined {
  return done.find((row, number) => {
    const group = groups[number]
    return group === undefined || groupHash(group) !== row.statementHash
  })
}
