import type { MigrationId } from '../../contract/migration.ts'
import type { FoundStep } from '../../contract/plan.ts'
import { coreErrors } from '../../errors/errors.ts'

/** A run that did not end, of which the database does not show how far it came. */
export function refuseOpen(id: MigrationId, found: FoundStep): never {
  const { row, why } = found
  const what = row.state === 'intent' ? 'was begun, and its end is not recorded' : 'failed'
  throw coreErrors.YAMA_RUN_OPEN(
    { id, status: 'open', what: `its statement ${row.n + 1} ${what}: ${row.sql} (${why})` },
    { data: { found, openSteps: [row] } },
  )
}
