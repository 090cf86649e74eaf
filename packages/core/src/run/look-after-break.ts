import type { HistoryState } from '../contract/history.ts'
import type { PlannedMigration } from '../contract/plan.ts'
import { openMigrations } from '../plan/refuse-plan.ts'
import type { ActiveRun } from './active-run.ts'

/** How long to wait until the server is rid of the session that broke, in ms. */
const PATIENCE = 15_000

/** What a new connection shows after the old one broke. */
export interface Look {
  /** `done`: with its row in the history. `unknown`: nobody answered, or the old session is still at work. */
  readonly state: 'done' | 'begun' | 'absent' | 'unknown'
  /** The server that answers now takes no changes: a failover. */
  readonly readOnly: boolean
}

/**
 * Whether what was under way when the connection broke was committed. The lock is taken for the look: it waits for the old
 * session, and whatever that one has not yet begun to commit fails at its fence afterwards. So the answer stays true.
 */
export async function lookAfterBreak(run: ActiveRun, planned: PlannedMigration): Promise<Look> {
  const { dialect, project = 'default' } = run.config
  try {
    await using connection = await dialect.connect()
    const history = dialect.createHistory(connection, { project })
    if (connection.server.readOnly) return { state: stateOf(run, planned, await history.read()), readOnly: true }
    await using _ = await dialect.acquireLock(connection, project, { waitMs: PATIENCE })
    return { state: stateOf(run, planned, await history.read()), readOnly: false }
  } catch (error) {
    await run.emit({ type: 'notice', message: `It could not be looked up: ${error instanceof Error ? error.message : String(error)}` })
    return { state: 'unknown', readOnly: false }
  }
}

function stateOf({ journal }: ActiveRun, { node, direction }: PlannedMigration, state: HistoryState): Look['state'] {
  const { id } = node.migration
  const row = state.migrations.find((candidate) => candidate.id === id)
  if (row?.status === (direction === 'up' ? 'applied' : 'reverted') && row.runId === journal.runId) return 'done'
  return openMigrations(state).includes(id) ? 'begun' : 'absent'
}
