import { files, type PeerList } from './behaviour.ts'
import { first, two } from './prisma-projects.ts'

const failedSecond = { ...first, '02_second': { up: 'SELECT yolo FROM nowhere' } }

export const prismaMark: PeerList = {
  peer: 'Prisma',
  source: 'prisma/prisma-engines, mark_migration_applied_tests.rs, mark_migration_rolled_back_tests.rs and squashing_tests.rs (Apache-2.0)',
  behaviours: [
    {
      name: 'mark_migration_applied_on_an_empty_database_works',
      says: 'A migration is recorded without running, and the history is made for it.',
      project: first,
      steps: [{ baseline: ['01_initial'], does: ['01_initial'] }, { tables: [] }, { status: { applied: ['01_initial'], pending: [] } }],
    },
    {
      name: 'mark_migration_applied_on_a_non_empty_database_works',
      says: 'The same after another one ran.',
      project: two,
      steps: [
        { up: '01_initial', does: ['01_initial'] },
        { repair: 'mark-applied', id: '02_second' },
        { tables: ['01_initial'] },
        { status: { applied: ['01_initial', '02_second'] } },
      ],
    },
    {
      name: 'mark_migration_applied_when_the_migration_is_already_applied_errors',
      says: 'What is applied cannot be recorded again.',
      project: two,
      steps: [
        { up: 'latest', does: ['01_initial', '02_second'] },
        { baseline: ['02_second'], does: 'YAMA_BASELINE_APPLIED' },
        { repair: 'mark-applied', id: '02_second', does: 'YAMA_REPAIR_NOT_NEEDED' },
      ],
    },
    {
      name: 'mark_migration_applied_when_the_migration_is_failed',
      says: 'A failed one can be recorded as applied.',
      project: failedSecond,
      steps: [
        { up: 'latest', does: 'YAMA_MIGRATION_FAILED' },
        { repair: 'mark-applied', id: '02_second' },
        { status: { applied: ['01_initial', '02_second'], pending: [] } },
      ],
    },
    {
      name: 'baselining_should_work',
      says: 'The first migration of an existing database is recorded.',
      project: first,
      steps: [
        { byHand: 'CREATE TABLE t_01_initial (id int)' },
        { baseline: 'all', does: ['01_initial'] },
        { up: 'latest', does: [] },
        { tables: ['01_initial'] },
      ],
    },
    {
      name: 'must_return_helpful_error_on_migration_not_found',
      says: 'An unknown name is refused.',
      project: first,
      steps: [{ baseline: ['nothing_like_it'], does: 'YAMA_TARGET_UNKNOWN' }],
    },
    {
      name: 'mark_migration_rolled_back_on_an_empty_database_errors',
      says: 'Nothing can be taken back where nothing was.',
      project: first,
      steps: [{ repair: 'mark-reverted', id: 'anything', does: 'YAMA_TARGET_UNKNOWN' }],
    },
    {
      name: 'mark_migration_rolled_back_on_a_database_with_migrations_table_errors',
      says: 'One that was never applied cannot be taken back.',
      project: two,
      steps: [
        { up: '01_initial', does: ['01_initial'] },
        { repair: 'mark-reverted', id: '02_second', does: 'YAMA_REPAIR_NOT_NEEDED' },
      ],
    },
    {
      name: 'mark_migration_rolled_back_with_a_failed_migration_works',
      says: 'A failed migration has to be marked before it can run again.',
      project: failedSecond,
      steps: [
        { up: 'latest', does: 'YAMA_MIGRATION_FAILED' },
        { repair: 'mark-reverted', id: '02_second', does: 'YAMA_REPAIR_NOT_NEEDED' },
        { files: { '02_second': {} } },
        { up: 'latest', does: ['02_second'] },
      ],
      differs: 'A migration that failed and left nothing is simply pending again, and nobody has to mark it.',
    },
    {
      name: 'mark_migration_rolled_back_with_a_successful_migration_errors',
      says: 'One that succeeded cannot be marked as taken back.',
      project: two,
      steps: [
        { up: 'latest', does: ['01_initial', '02_second'] },
        { repair: 'mark-reverted', id: '02_second' },
        { status: { pending: ['02_second'] } },
      ],
      differs: 'Somebody may have undone it by hand: with a reason it can be said, and it is an event.',
    },
    {
      name: 'rolling_back_applying_again_then_rolling_back_again_should_error',
      says: 'A corrected migration runs, and the history keeps both attempts.',
      project: failedSecond,
      steps: [
        { up: 'latest', does: 'YAMA_MIGRATION_FAILED' },
        { files: { '02_second': {} } },
        { up: 'latest', does: ['02_second'] },
        { events: 'migration.failed', of: '02_second', count: 1 },
        { events: 'migration.succeeded', of: '02_second', count: 1 },
      ],
    },
    {
      name: 'squashing_whole_migration_history_works',
      says: 'Files joined by hand into one: it is recorded, those that are gone are told, and nothing runs.',
      project: files('01_a', '02_b', '03_c'),
      steps: [
        { up: 'latest', does: ['01_a', '02_b', '03_c'] },
        {
          files: {
            '01_a': null,
            '02_b': null,
            '03_c': null,
            '0000_initial': { up: ['CREATE TABLE t_01_a (id int)', 'CREATE TABLE t_02_b (id int)', 'CREATE TABLE t_03_c (id int)'] },
          },
        },
        { status: { missing: ['01_a', '02_b', '03_c'], pending: ['0000_initial'] } },
        { repair: 'mark-applied', id: '0000_initial' },
        { up: 'latest', does: [] },
        { status: { missing: ['01_a', '02_b', '03_c'], pending: [] } },
      ],
    },
    {
      name: 'squashing_migrations_history_at_the_start_works',
      says: 'The first two joined by hand.',
      project: files('01_a', '02_b', '03_c'),
      steps: [
        { up: 'latest', does: ['01_a', '02_b', '03_c'] },
        { files: { '01_a': null, '02_b': null, '0000_initial': { up: ['CREATE TABLE t_01_a (id int)', 'CREATE TABLE t_02_b (id int)'] } } },
        { repair: 'mark-applied', id: '0000_initial' },
        { up: 'latest', does: [] },
        { status: { missing: ['01_a', '02_b'], pending: [] } },
      ],
    },
    {
      name: 'squashing_migrations_history_at_the_end_works',
      says: 'The last two joined by hand.',
      project: files('01_a', '02_b', '03_c'),
      steps: [
        { up: 'latest', does: ['01_a', '02_b', '03_c'] },
        { files: { '02_b': null, '03_c': null, '0000_initial': { up: ['CREATE TABLE t_02_b (id int)', 'CREATE TABLE t_03_c (id int)'] } } },
        { repair: 'mark-applied', id: '0000_initial' },
        { up: 'latest', does: [] },
        { status: { missing: ['02_b', '03_c'], pending: [] } },
      ],
    },
  ],
  apart: [],
}
