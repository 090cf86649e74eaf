import type { StepRow } from '../contract/history.ts'
import { groupHash, stepText } from './group-hash.ts'
import type { GroupRun } from './group-run.ts'

/** The journal's row of a group before it runs. */
export function groupRow({ run, planned: { node, direction }, group, number, attempt }: GroupRun): StepRow {
  const [first] = group.steps
  const more = group.steps.length - 1
  return {
    migrationId: node.migration.id,
    attempt,
    n: first?.index ?? 0,
    group: number,
    direction,
    mode: 'autocommit',
    statementHash: groupHash(group),
    sql: first === undefined ? '' : `${stepText(first)}${more > 0 ? `; and ${more} more` : ''}`,
    state: 'intent',
    startedAt: run.journal.clock(),
  }
}
