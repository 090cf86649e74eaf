import type { HistoryState, MigrationRow } from '../src/contract/history.ts'
import type { Dialect } from '../src/contract/dialect.ts'
import type { Migration } from '../src/contract/migration.ts'

export const appliedRow = (migration: Migration, seq: number, fields: Partial<MigrationRow> = {}): MigrationRow => ({
  id: migration.id,
  name: migration.name,
  version: migration.version,
  kind: 'sql',
  status: 'applied',
  parents: migration.parents.map((parent) => parent.id),
  link: 'x',
  rawHash: migration.rawHash,
  semanticHash: migration.semanticHash,
  runId: 'r',
  appliedSeq: seq,
  appliedAt: '',
  durationMs: 0,
  toolVersion: '1',
  ...fields,
})

export const historyOf = (rows: readonly MigrationRow[], fields: Partial<HistoryState> = {}): HistoryState => ({
  exists: true,
  databaseId: 'db',
  environment: undefined,
  format: 1,
  chainSeq: 0,
  chainHead: '',
  now: '2026-01-01T00:00:00.000Z',
  migrations: rows,
  openSteps: [],
  ...fields,
})

/** As much of a dialect as planning needs. */
export const planningDialect = {
  capabilities: { transactionalDdl: true, lockScope: 'session', concurrentIndex: true, batch: true },
  describeStatement: (sql: string) => ({
    verb: sql.split(' ')[0] ?? '',
    object: sql.split(' ')[1] ?? '',
    class: 'ddl',
    loss: sql.startsWith('drop') ? 'certain' : 'none',
  }),
  splitStatements: (sql: string) =>
    sql.split(';').map((text) => ({ text: text.trim(), offset: 0, line: 1, column: 1, transaction: 'any' })),
} as unknown as Dialect
