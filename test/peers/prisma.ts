import { type Apart, type PeerList } from './behaviour.ts'
import { first, two, SHADOW, SECOND_SELECT } from './prisma-projects.ts'

export const prismaApply: PeerList = {
  peer: 'Prisma',
  source: 'prisma/prisma-engines, apply_migrations tests (Apache-2.0)',
  behaviours: [
    {
      name: 'apply_migrations_with_an_empty_migrations_folder_works',
      says: 'An empty directory is nothing to do.',
      steps: [{ up: 'latest', does: [] }],
    },
    {
      name: 'applying_a_single_migration_should_work',
      says: 'One migration runs once.',
      project: first,
      steps: [
        { up: 'latest', does: ['01_initial'] },
        { up: 'latest', does: [] },
      ],
    },
    {
      name: 'applying_two_migrations_works',
      says: 'Two migrations run in order, once.',
      project: two,
      steps: [
        { up: 'latest', does: ['01_initial', '02_second'] },
        { up: 'latest', does: [] },
      ],
    },
    {
      name: 'migrations_should_fail_when_the_script_is_invalid',
      says: 'What came before the broken one is applied and recorded, the broken one is recorded as failed.',
      project: { ...first, '02_second': { up: 'SELECT yolo FROM nowhere' } },
      steps: [
        { up: 'latest', does: 'YAMA_MIGRATION_FAILED' },
        { status: { applied: ['01_initial'], pending: ['02_second'] } },
        { events: 'migration.failed', of: '02_second', count: 1 },
      ],
    },
    {
      name: 'migrations_should_not_reapply_modified_migrations',
      says: 'A comment in an applied migration does not run it again, and does not stop what comes after it.',
      project: first,
      steps: [
        { up: 'latest', does: ['01_initial'] },
        { files: { '01_initial': { up: 'CREATE TABLE  t_01_initial (id int)' }, '02_second': {} } },
        { status: { cosmetic: ['01_initial'], edited: [] } },
        { up: 'latest', does: ['02_second'] },
      ],
    },
    {
      name: 'migrations_should_fail_on_an_uninitialized_nonempty_database',
      says: 'A database with tables and without a history is refused.',
      project: first,
      steps: [{ byHand: 'CREATE TABLE t_other (id int)' }, { up: 'latest', does: ['01_initial'] }],
      differs:
        'Databases are shared: tables that the project does not manage are no reason to refuse. What would collide fails and leaves nothing; `yama baseline` takes over what exists.',
    },
    {
      name: 'migrations_should_succeed_on_an_uninitialized_nonempty_database_with_postgis_tables',
      says: 'Tables of an extension are no reason to refuse.',
      project: first,
      steps: [{ byHand: 'CREATE TABLE spatial_ref_sys (id int)' }, { up: 'latest', does: ['01_initial'] }],
    },
  ],
  apart: [],
}

export const prismaDiagnose: PeerList = {
  peer: 'Prisma',
  source: 'prisma/prisma-engines, diagnose_migration_history_tests.rs and dev_diagnostic_tests.rs (Apache-2.0)',
  behaviours: [
    {
      name: 'diagnose_migrations_history_on_an_empty_database_without_migration_returns_nothing',
      says: 'Nothing is nothing to report.',
      steps: [{ status: { applied: [], pending: [], missing: [], edited: [] } }],
    },
    {
      name: 'diagnose_migrations_history_after_two_migrations_happy_path',
      says: 'Everything applied is nothing to report.',
      project: two,
      steps: [{ up: 'latest', does: ['01_initial', '02_second'] }, { status: { pending: [], missing: [], edited: [], cosmetic: [] } }],
    },
    {
      name: 'diagnose_migrations_history_can_detect_when_the_database_is_behind',
      says: 'What is not applied is named.',
      project: two,
      steps: [{ up: '01_initial', does: ['01_initial'] }, { status: { pending: ['02_second'], missing: [] } }],
    },
    {
      name: 'diagnose_migrations_history_can_detect_when_the_folder_is_behind',
      says: 'What is applied and has no file is named.',
      project: two,
      steps: [
        { up: 'latest', does: ['01_initial', '02_second'] },
        { files: { '02_second': null } },
        { status: { missing: ['02_second'], pending: [] } },
        { up: 'latest', does: [] },
      ],
    },
    {
      name: 'diagnose_migrations_history_can_detect_when_history_diverges',
      says: 'One applied without a file and one with a file that is not applied: both are named, and nothing runs.',
      project: two,
      steps: [
        { up: 'latest', does: ['01_initial', '02_second'] },
        { files: { '02_second': null, '03_dog': {} } },
        { status: { missing: ['02_second'], pending: ['03_dog'] } },
        { up: 'latest', does: 'YAMA_HISTORY_MISSING' },
      ],
    },
    {
      name: 'diagnose_migrations_history_can_detect_edited_migrations, dev_diagnostic_can_detect_edited_migrations',
      says: 'An edited migration is named, and nothing runs.',
      project: two,
      steps: [
        { up: 'latest', does: ['01_initial', '02_second'] },
        { files: { '02_second': SECOND_SELECT, '03_dog': {} } },
        { status: { edited: ['02_second'] } },
        { up: 'latest', does: 'YAMA_HISTORY_EDITED' },
      ],
    },
    {
      name: 'diagnose_migrations_history_with_a_nonexistent_migrations_directory_works',
      says: 'No history and no files is no error.',
      steps: [{ status: { applied: [], pending: [] } }],
    },
    {
      name: 'dmh_with_a_failed_migration, with_a_failed_migration',
      says: 'A failed migration is named as failed.',
      project: { '01_init': { up: 'CREATE_BROKEN' } },
      steps: [
        { up: 'latest', does: 'YAMA_MIGRATION_FAILED' },
        { events: 'migration.failed', of: '01_init', count: 1 },
        { status: { pending: ['01_init'], applied: [] } },
      ],
    },
    {
      name: 'dev_diagnostic_returns_create_migration_when_the_database_is_behind',
      says: 'A database that is behind is no problem: the next run brings it up.',
      project: two,
      steps: [
        { up: '01_initial', does: ['01_initial'] },
        { up: 'latest', does: ['02_second'] },
      ],
    },
    {
      name: 'dev_diagnostic_can_detect_when_history_diverges',
      says: 'The last common migration is what both have.',
      project: two,
      steps: [
        { up: 'latest', does: ['01_initial', '02_second'] },
        { files: { '02_second': null, '03_dog': {} } },
        { status: { applied: ['01_initial', '02_second'], missing: ['02_second'] } },
      ],
    },
    {
      name: 'calculates_drift_in_presence_of_failed_migrations (the history part)',
      says: 'A failed migration that is corrected is neither edited nor lost: it runs.',
      project: { ...first, '02_second': { up: 'SELECT yolo FROM nowhere' } },
      steps: [
        { up: 'latest', does: 'YAMA_MIGRATION_FAILED' },
        { files: { '02_second': {} } },
        { status: { edited: [], pending: ['02_second'] } },
        { up: 'latest', does: ['02_second'] },
      ],
    },
  ],
  apart: [
    ...[
      'diagnose_migration_history_with_opt_in_to_shadow_database_calculates_drift',
      'diagnose_migration_history_without_opt_in_to_shadow_database_does_not_calculate_drift',
      'dev_diagnostic_detects_drift',
      'drift_can_be_detected_without_migrations_table',
      'drift_can_be_detected_without_migrations_table_dev',
      'diagnose_migrations_history_reports_migrations_failing_to_apply_cleanly',
      'dev_diagnostic_reports_migrations_failing_to_apply_cleanly',
      'dmh_with_an_invalid_unapplied_migration_should_report_it',
      'with_an_invalid_unapplied_migration_should_report_it',
      'shadow_database_creation_error_is_special_cased_mysql',
      'shadow_database_creation_error_is_special_cased_postgres',
      'indexes_on_same_columns_with_different_names_should_work',
      'foreign_keys_on_same_columns_should_work',
      'default_dbgenerated_should_not_cause_drift',
    ].map((name): Apart => ({ name, why: SHADOW })),
    { name: 'shadow_database_creation_error_is_special_cased_mssql', why: 'SQL Server is not supported.' },
    {
      name: 'empty_migration_directories_should_cause_known_errors',
      why: 'A question of files, not of the runner: an empty migration is YAMA_MIGRATION_EMPTY, tested with the file source.',
    },
  ],
}
