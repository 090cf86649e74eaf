import type { Status } from '@yama/core'

/** A status for machines. */
export function statusData(status: Status): Readonly<Record<string, unknown>> {
  const node = ({ migration, link }: Status['pending'][number]): Readonly<Record<string, unknown>> => ({
    id: migration.id,
    name: migration.name,
    file: migration.file,
    phase: migration.phase,
    link,
  })
  return {
    databaseId: status.history.databaseId,
    environment: status.history.environment ?? null,
    heads: status.heads,
    applied: status.applied.map((row) => ({
      id: row.id,
      name: row.name,
      version: row.version,
      appliedAt: row.appliedAt,
      durationMs: row.durationMs,
      runId: row.runId,
    })),
    pending: status.pending.map(node),
    repeatable: status.repeatable.map(node),
    missing: status.missing.map((row) => ({ id: row.id, name: row.name })),
    edited: status.edited.map(node),
    cosmetic: status.cosmetic.map(node),
    late: status.late.map(node),
    unfinished: status.history.migrations
      .filter((row) => row.status === 'partial' || row.status === 'unknown')
      .map((row) => ({ id: row.id, name: row.name, status: row.status })),
    openSteps: status.history.openSteps.map((step) => ({ migration: step.migrationId, n: step.n, state: step.state, sql: step.sql })),
  }
}
