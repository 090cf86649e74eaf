import { files, type PeerList } from './behaviour.ts'

/** As its stub: 1, 3, 4 and 7, of which 3 has no way back. */
const stub = { '1_a': {}, '3_c': { down: null }, '4_d': {}, '7_g': {} }
const AT_MOST = 'A count is at most: what there is is taken back, and the plan shows it before.'
const ALL = ['1_a', '3_c', '4_d', '7_g']

export const golangMigrate: PeerList = {
  peer: 'golang-migrate',
  source: 'golang-migrate/migrate, migrate_test.go (MIT)',
  behaviours: [
    {
      name: 'TestMigrate: all the way up in single steps',
      says: 'Up to each version in turn.',
      project: stub,
      steps: [
        { up: '1_a', does: ['1_a'] },
        { up: '3_c', does: ['3_c'] },
        { up: '4_d', does: ['4_d'] },
        { up: '7_g', does: ['7_g'] },
      ],
    },
    {
      name: 'TestMigrate: version 2, 6, 8',
      says: 'A version that is not there is refused, and nothing runs.',
      project: stub,
      steps: [
        { up: '2', does: 'YAMA_TARGET_UNKNOWN' },
        { up: '1_a', does: ['1_a'] },
        { up: '8', does: 'YAMA_TARGET_UNKNOWN' },
        { tables: ['1_a'] },
      ],
    },
    { name: 'TestMigrate: version 0', says: 'Version 0 is refused.', project: stub, steps: [{ up: '0', does: 'YAMA_TARGET_UNKNOWN' }] },
    { name: 'TestMigrate: all the way up in one step', says: 'Up to the last version.', project: stub, steps: [{ up: '7', does: ALL }] },
    {
      name: 'TestMigrate: down to 4',
      says: 'Down to a version takes back what is above it.',
      project: stub,
      steps: [
        { up: 'latest', does: ALL },
        { downTo: '4', does: ['7_g'] },
      ],
    },
    {
      name: 'TestMigrate: down to 1, over 3, which has no down',
      says: 'Where a migration has no down file, its version is passed over.',
      project: stub,
      steps: [{ up: 'latest', does: ALL }, { downTo: '1', does: 'YAMA_DOWN_MISSING' }, { tables: ALL }],
      differs: 'What cannot be taken back is not recorded as taken back: the plan is refused before anything runs.',
    },
    {
      name: "TestMigrate: can't migrate the same version twice",
      says: 'Up to where it stands is nothing to do.',
      project: stub,
      steps: [
        { up: '1', does: ['1_a'] },
        { up: '1', does: [] },
      ],
    },
    {
      name: 'TestMigrateDirty, TestStepsDirty, TestUpDirty, TestDownDirty',
      says: 'A failed migration leaves the database dirty, and everything is refused until a version is forced.',
      project: { '1_a': {}, '2_b': { up: 'SELECT yolo FROM nowhere' } },
      steps: [{ up: 'latest', does: 'YAMA_MIGRATION_FAILED' }, { files: { '2_b': {} } }, { up: 'latest', does: ['2_b'] }],
      differs:
        'What failed in a transaction has left nothing, so nothing is dirty. Where something is left, the database itself is asked how far it came.',
    },
    {
      name: 'TestSteps: 1, seven times',
      says: 'One step at a time; one more than there are is refused.',
      project: stub,
      steps: [
        { up: 1, does: ['1_a'] },
        { up: 1, does: ['3_c'] },
        { up: 1, does: ['4_d'] },
        { up: 1, does: ['7_g'] },
        { up: 1, does: [] },
      ],
      differs: 'Nothing pending is success: a deployment that runs twice must not fail.',
    },
    {
      name: "TestSteps: can't go down if nothing is applied",
      says: 'Down where nothing is applied is refused.',
      project: stub,
      steps: [{ down: 1, does: [] }],
      differs: AT_MOST,
    },
    {
      name: 'TestSteps: up in a bigger step',
      says: 'Several at once.',
      project: stub,
      steps: [{ up: 3, does: ['1_a', '3_c', '4_d'] }, { tables: ['1_a', '3_c', '4_d'] }],
    },
    {
      name: 'TestSteps: apply one migration, then reach out of boundary, down',
      says: 'More steps down than there are is refused.',
      project: files('1_a', '2_b'),
      steps: [{ up: 'latest', does: ['1_a', '2_b'] }, { down: 3, does: ['2_b', '1_a'] }, { tables: [] }],
      differs: AT_MOST,
    },
    {
      name: 'TestUpAndDown',
      says: 'Everything up, everything down, everything up.',
      project: files('1_a', '3_c', '4_d', '7_g'),
      steps: [{ up: 'latest', does: ALL }, { downTo: 'base', does: ALL }, { tables: [] }, { up: 'latest', does: ALL }, { tables: ALL }],
    },
    {
      name: 'ErrNoChange',
      says: 'Nothing to do is told as such.',
      project: stub,
      steps: [
        { up: 'latest', does: ALL },
        { up: 'latest', does: [] },
      ],
    },
    {
      name: 'TestForce',
      says: 'A version is set without running anything.',
      project: stub,
      steps: [{ baseline: ['4_d'], does: ['1_a', '3_c', '4_d'] }, { tables: [] }, { up: 'latest', does: ['7_g'] }],
    },
    {
      name: 'TestUpWithNoMigrationFiles',
      says: 'No files at all is an error.',
      steps: [{ up: 'latest', does: [] }],
      differs: 'To the runner an empty source is nothing to do; the command refuses an empty directory with YAMA_SOURCE_EMPTY.',
    },
  ],
  apart: [
    {
      name: 'TestNew, TestNewWithDatabaseInstance, TestNewWithSourceInstance, TestNewWithInstance, TestClose',
      why: 'Constructors of its drivers.',
    },
    { name: 'TestRead, TestReadUp, TestReadDown', why: 'How its source iterator hands out files.' },
    { name: 'TestLock', why: 'Two locks in one process: tested in the conformance suite of each dialect.' },
    {
      name: 'TestDrop, TestDropWithSourceEmpty',
      why: 'Its `drop` empties the database without a history; `yama reset` does that for development, with guards, and has its own tests.',
    },
    { name: 'version 5 of its stub: a down file without an up file', why: 'Refused when the files are read: YAMA_SOURCE_DOWN_ALONE.' },
  ],
}
