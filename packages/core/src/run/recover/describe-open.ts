import type { Connection, Dialect } from '../../contract/dialect.ts'
import type { HistoryState, HistoryStore } from '../../contract/history.ts'
import type { CommitGroup } from '../../contract/plan.ts'
import type { OpenMigration } from '../../contract/run.ts'
import { commitGroups } from '../../plan/commit-groups.ts'
import { openMigrations } from '../../plan/refuse-plan.ts'
import type { LoadedProject } from '../load-project.ts'
import { findProgress } from './find-progress.ts'

export interface OpenInput {
  readonly dialect: Dialect
  readonly project: LoadedProject
  readonly state: HistoryState
  readonly history: HistoryStore
  readonly connection: Connection
}

const statements = (groups: readonly CommitGroup[], count: number): number =>
  groups.slice(0, count).reduce((sum, group) => sum + group.steps.length, 0)

/** The evidence of each migration whose run did not end. */
export async function describeOpen({ dialect, project, state, history, connection }: OpenInput): Promise<readonly OpenMigration[]> {
  const found: OpenMigration[] = []
  for (const id of openMigrations(state)) {
    const migration = project.graph.get(id)?.migration
    const name = migration?.name ?? state.migrations.find((row) => row.id === id)?.name ?? id
    const progress = await findProgress(dialect, connection, history, id)
    if (progress === undefined || progress.gap) {
      const { attempt = 0, direction = 'up', done = [] } = progress ?? {}
      found.push({ id, name, direction, attempt, done: done.length, obstacle: 'its journal does not say how far it came' })
      continue
    }
    const { attempt, direction, done, found: step } = progress
    const total = migration?.[direction]?.length
    const obstacle =
      step?.verdict === 'unknown' || step?.verdict === 'running' ? step.why : migration === undefined ? 'its file is gone' : undefined
    found.push({
      id,
      name,
      direction,
      attempt,
      done:
        step?.row.n ??
        (migration === undefined
          ? done.length
          : statements(commitGroups(migration, direction, migration[direction] ?? [], dialect), done.length)),
      ...(total === undefined ? {} : { total }),
      ...(step === undefined ? {} : { found: step }),
      ...(obstacle === undefined ? {} : { obstacle }),
    })
  }
  return found
}
