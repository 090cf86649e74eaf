import { join } from 'node:path'
import type { AuthoringProject } from '@yama/authoring'
import type { Migration, MigrationGraph } from '@yama/core'
import { newMigrationId, nextMigrationName, parseSqlMigration, writeMigration } from '@yama/core/files'

export interface MergeFile {
  readonly path: string
  readonly text: string
  readonly migration: Migration
}

interface WrittenDecision {
  readonly order?: readonly string[]
  readonly independent?: readonly string[]
  readonly reason: string
  readonly proof?: string
}

/** The file that records a decision, after all heads. */
export function mergeFile(
  project: AuthoringProject,
  graph: MigrationGraph,
  { order, independent, reason, proof }: WrittenDecision,
  numbering: 'timestamp' | 'sequential' | undefined,
): MergeFile {
  const nodes = graph.order()
  const name = nextMigrationName({
    existing: nodes.map(({ migration }) => migration.name),
    action: 'merge',
    now: new Date(),
    ...(numbering === undefined ? {} : { numbering }),
  })
  const path = join(project.migrationsDirectory, `${name}.sql`)
  const text = writeMigration({
    id: newMigrationId(),
    parents: graph.heads().map((id) => ({ id, link: graph.get(id)?.link ?? '' })),
    metadata: {
      other: {
        ...(order === undefined ? {} : { 'merge-order': order.join(', ') }),
        ...(independent === undefined ? {} : { 'merge-independent': independent.join(', ') }),
        'merge-reason': reason,
        ...(proof === undefined ? {} : { 'x-merge-proof': proof }),
      },
    },
    up: [],
  })
  return { path, text, migration: parseSqlMigration(text, `${name}.sql`, project.dialect) }
}
