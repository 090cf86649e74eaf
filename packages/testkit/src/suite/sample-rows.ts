import type { MigrationRow, StepRow } from '@yama/core'

const AT = '2026-11-20T09:30:00.123Z'
const HASH = 'ab'.repeat(32)

/** Everything that breaks careless quoting. */
export const NASTY = 'it\'s "quoted" `so` \\ \\n $1 $$ ? :name %s {json} /* -- */ ; \t\r\nünïcödé 🏔 ${x}'

export const migrationRow = (fields: Partial<MigrationRow> = {}): MigrationRow => ({
  id: 'm_1',
  name: '001_first',
  version: '001',
  kind: 'sql',
  status: 'applied',
  parents: [],
  link: '5e1f90c2aa01bd37',
  rawHash: `y1:sha256:${HASH}`,
  semanticHash: `y1:sha256:${HASH}`,
  body: 'create table t;\n',
  runId: '3f1c4f0e-8a44-4c55-9c7e-0a1f6a2f1d11',
  appliedSeq: 1,
  appliedAt: AT,
  durationMs: 12,
  toolVersion: '0.1.0',
  ...fields,
})

export const fullMigrationRow = (): MigrationRow =>
  migrationRow({
    id: 'm_2',
    name: NASTY,
    parents: ['m_1@5e1f90c2aa01bd37', 'm_0'],
    covers: ['m_a', 'm_b'],
    stateBefore: 'pg15:s1:1',
    stateAfter: 'pg15:s1:2',
    body: `${NASTY}\n`.repeat(2000),
    downBody: NASTY,
    gitCommit: 'abc123',
    appliedSeq: 2,
  })

export const stepRow = (fields: Partial<StepRow> = {}): StepRow => ({
  migrationId: 'm_1',
  attempt: 1,
  n: 0,
  group: 0,
  direction: 'up',
  mode: 'autocommit',
  statementHash: HASH,
  sql: NASTY,
  state: 'intent',
  startedAt: AT,
  ...fields,
})

export const fullStepRow = (): StepRow =>
  stepRow({
    n: 1,
    group: 1,
    state: 'failed',
    expect: { before: 'x', after: null },
    backend: { pid: 4711 },
    finishedAt: AT,
    rows: 5,
    progress: { cursor: [1, 'a'] },
    error: { message: NASTY },
  })

export { AT, HASH }
