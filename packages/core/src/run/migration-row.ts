import type { MigrationRow } from '../contract/history.ts'
import type { GraphNode } from '../contract/graph.ts'
import { REPEATABLE } from '../plan/repeatables.ts'

/** What a row says besides what the migration itself says. */
export interface RowFields {
  readonly status: MigrationRow['status']
  readonly runId: string
  readonly appliedSeq: number
  readonly appliedAt: string
  readonly durationMs: number
  readonly toolVersion: string
  readonly gitCommit: string | undefined
  /** Link of a parent, where it is known. */
  readonly linkOf: (id: string) => string | undefined
}

export function migrationRow({ migration, parents, link }: GraphNode, fields: RowFields): MigrationRow {
  const { id, name, version, repeatable, rawHash, semanticHash, state, body, downBody } = migration
  const kind = repeatable === undefined ? migration.kind : REPEATABLE
  const { status, runId, appliedSeq, appliedAt, durationMs, toolVersion, gitCommit, linkOf } = fields
  return {
    id,
    name,
    version,
    kind,
    status,
    link,
    rawHash,
    semanticHash,
    body,
    runId,
    appliedSeq,
    appliedAt,
    durationMs,
    toolVersion,
    parents: parents.map((parent) => {
      const parentLink = linkOf(parent)
      return parentLink === undefined ? parent : `${parent}@${parentLink}`
    }),
    ...(state === undefined ? {} : { stateBefore: state.before, stateAfter: state.after }),
    ...(downBody === undefined ? {} : { downBody }),
    ...(gitCommit === undefined ? {} : { gitCommit }),
  }
}
