import { files, type PeerList } from './behaviour.ts'

const two = files('20151129054053_test', '20200227231541_posts')
const TWO = Object.keys(two)

export const dbmate: PeerList = {
  peer: 'dbmate',
  source: 'amacneil/dbmate, pkg/dbmate/db_test.go (MIT)',
  behaviours: [
    {
      name: 'TestMigrate, TestUp',
      says: 'Everything pending runs and is recorded by its version.',
      project: two,
      steps: [{ up: 'latest', does: TWO }, { tables: TWO }, { status: { applied: TWO } }],
    },
    {
      name: 'TestRollback',
      says: 'One rollback takes back the last one.',
      project: two,
      steps: [{ up: 'latest', does: TWO }, { down: 1, does: ['20200227231541_posts'] }, { tables: ['20151129054053_test'] }],
    },
    {
      name: 'TestStatus: pending',
      says: 'Looking makes no table, and everything is pending.',
      project: two,
      steps: [{ status: { pending: TWO, applied: [] } }, { events: 'run.started', count: 0 }],
    },
    {
      name: 'TestStatus: applied, then one rolled back',
      says: 'Status follows.',
      project: two,
      steps: [
        { up: 'latest', does: TWO },
        { status: { applied: TWO, pending: [] } },
        { down: 1, does: ['20200227231541_posts'] },
        { status: { applied: ['20151129054053_test'], pending: ['20200227231541_posts'] } },
      ],
    },
    {
      name: 'TestMigrateQueryErrorMessage',
      says: 'A statement that the server refuses ends the run there.',
      project: { ...files('1_a'), '2_b': { up: 'not a valid query' }, ...files('3_c') },
      steps: [{ up: 'latest', does: 'YAMA_MIGRATION_FAILED' }, { tables: ['1_a'] }],
    },
    {
      name: 'TestFindMigrationsStrict',
      says: 'In strict mode a file before an applied one is refused.',
      project: files('001_a', '003_c'),
      steps: [{ up: 'latest', does: ['001_a', '003_c'] }, { files: { '002_b': {} } }, { up: 'latest', does: 'YAMA_HISTORY_LATE' }],
    },
  ],
  apart: [
    { name: 'TestNew, TestGetDriver, TestWait, TestWaitBefore', why: 'Of its command: URLs and `--wait`; `--wait-db` has its own tests.' },
    { name: 'TestDumpSchema, TestAutoDumpSchema', why: 'No schema file is dumped: entities are the state.' },
    { name: 'TestCreate, TestDrop', why: 'Databases are made and dropped by whoever owns the server.' },
  ],
}

const v = files('1_a', '2_b', '3_c')
const V = Object.keys(v)
const R = 'R__view: repeatable migrations come from files; tested in test/e2e/repeatable.test.ts and the conformance suite.'

export const flyway: PeerList = {
  peer: 'Flyway',
  source: 'documentation.red-gate.com/flyway, pages on migrate, validate, baseline, repair, undo and outOfOrder',
  behaviours: [
    {
      name: 'migrate',
      says: 'Versioned migrations run in order, once.',
      project: v,
      steps: [
        { up: 'latest', does: V },
        { up: 'latest', does: [] },
      ],
    },
    {
      name: 'migrate: 1.9 comes before 1.10',
      says: 'Versions are compared part by part, as numbers.',
      project: files('9_a', '10_b'),
      steps: [
        { up: 1, does: ['9_a'] },
        { up: 'latest', does: ['10_b'] },
      ],
    },
    { name: 'migrate -target', says: 'Up to a version.', project: v, steps: [{ up: '2', does: ['1_a', '2_b'] }] },
    {
      name: 'validate: checksum mismatch',
      says: 'An applied migration that was changed is refused.',
      project: v,
      steps: [
        { up: 'latest', does: V },
        { files: { '2_b': { up: 'CREATE TABLE t_2_b (id int, more int)' }, '4_d': {} } },
        { up: 'latest', does: 'YAMA_HISTORY_EDITED' },
      ],
    },
    {
      name: 'validate: checksum mismatch by a comment',
      says: 'A comment alone changes the checksum.',
      project: v,
      steps: [
        { up: 'latest', does: V },
        { files: { '2_b': { up: 'CREATE   TABLE t_2_b (id int)' }, '4_d': {} } },
        { up: 'latest', does: ['4_d'] },
      ],
      differs: 'The semantic hash leaves comments and formatting out: a cosmetic edit is a note.',
    },
    {
      name: 'validate: applied migration not resolved locally',
      says: 'An applied migration without a file is refused.',
      project: v,
      steps: [{ up: 'latest', does: V }, { files: { '3_c': null, '4_d': {} } }, { up: 'latest', does: 'YAMA_HISTORY_MISSING' }],
    },
    {
      name: 'repair: align checksums',
      says: 'The change of an applied migration is accepted.',
      project: v,
      steps: [
        { up: 'latest', does: V },
        { files: { '2_b': { up: 'CREATE TABLE t_2_b (id int, more int)' } } },
        { repair: 'accept-edit', id: '2_b' },
        { status: { edited: [] } },
        { up: 'latest', does: [] },
      ],
    },
    {
      name: 'repair: mark missing migrations as deleted',
      says: 'One without a file is forgotten, and the rest goes on.',
      project: v,
      steps: [
        { up: 'latest', does: V },
        { files: { '3_c': null, '4_d': {} } },
        { repair: 'forget', id: '3_c' },
        { up: 'latest', does: ['4_d'] },
      ],
    },
    {
      name: 'baseline',
      says: 'Everything up to a version counts as applied.',
      project: v,
      steps: [{ baseline: ['2_b'], does: ['1_a', '2_b'] }, { up: 'latest', does: ['3_c'] }, { tables: ['3_c'] }],
    },
    {
      name: 'outOfOrder=false',
      says: 'A migration below the current version is refused.',
      project: files('1_a', '3_c'),
      steps: [{ up: 'latest', does: ['1_a', '3_c'] }, { files: { '2_b': {} } }, { up: 'latest', does: 'YAMA_HISTORY_LATE' }],
    },
    {
      name: 'undo',
      says: 'The last one is taken back by its undo script.',
      project: v,
      steps: [{ up: 'latest', does: V }, { down: 1, does: ['3_c'] }, { tables: ['1_a', '2_b'] }],
    },
    {
      name: 'undo without an undo script',
      says: 'It is refused.',
      project: { '1_a': { down: null } },
      steps: [
        { up: 'latest', does: ['1_a'] },
        { down: 1, does: 'YAMA_DOWN_MISSING' },
      ],
    },
    {
      name: 'failed migration on a database with transactional DDL',
      says: 'It is rolled back, and runs again when it is corrected.',
      project: { '1_a': { up: ['INSERT INTO nowhere VALUES (1)'] } },
      steps: [{ up: 'latest', does: 'YAMA_MIGRATION_FAILED' }, { files: { '1_a': {} } }, { up: 'latest', does: ['1_a'] }],
    },
    {
      name: 'info',
      says: 'Pending, applied and undone are told apart.',
      project: v,
      steps: [{ up: '2', does: ['1_a', '2_b'] }, { down: 1, does: ['2_b'] }, { status: { applied: ['1_a'], pending: ['2_b', '3_c'] } }],
    },
  ],
  apart: [
    { name: 'repeatable migrations', why: R },
    { name: 'callbacks', why: 'Hook files and plugins; tested in test/runtime/file-hooks.test.ts.' },
    { name: 'placeholders', why: 'Tested in test/runtime/placeholders.test.ts.' },
    { name: 'clean', why: '`yama reset`, tested with its guards.' },
    { name: 'migrate -cherryPick', why: 'A migration brings what it needs; one alone is no target.' },
    { name: 'mixed', why: 'Each migration says itself which statements run outside a transaction.' },
  ],
}
