import type { MigrationRow } from '../contract/history.ts'
import type { GraphNode } from '../contract/graph.ts'
import type { Migration } from '../contract/migration.ts'
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
  const { id, name, version, rawHash, semanticHash, state, covers, body, downBody } = migration
  const { status, runId, appliedSeq, appliedAt, durationMs, toolVersion, gitCommit, linkOf } = fields
  return {
    id,
    name,
    version,
    kind: rowKind(migration),
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
    parents: parentLinks(parents, linkOf),
    ...(covers === undefined ? {} : { covers: covers.map((original) => original.id) }),
    ...(state === undefined ? {} : { stateBefore: state.before, stateAfter: state.after }),
    ...(downBody === undefined ? {} : { downBody }),
    ...(gitCommit === undefined ? {} : { gitCommit }),
  }
}

/** What the row says of its kind. */
export const rowKind = ({ kind, repeatable, covers }: Migration): string =>
  repeatable === undefined ? (covers === undefined ? kind : 'checkpoint') : REPEATABLE

/** `id@link` of each parent, as far as its link is known. */
export const parentLinks = (parents: readonly string[], linkOf: RowFields['linkOf']): readonly string[] =>
  parents.map((parent) => {
    const link = linkOf(parent)
    return link === undefined ? parent : `${parent}@${link}`
  })
