import { files, type PeerList } from './behaviour.ts'

const four = files('001_a', '002_b', '003_c', '004_d')
const all = ['001_a', '002_b', '003_c', '004_d']

export const nodePgMigrate: PeerList = {
  peer: 'node-pg-migrate',
  source: 'salsita/node-pg-migrate, src/runner.ts and its tests (MIT)',
  behaviours: [
    {
      name: 'should execute a basic up migration',
      says: 'Up runs everything that did not run.',
      project: four,
      steps: [{ up: 'latest', does: all }, { tables: all }],
    },
    {
      name: 'should execute a basic down migration',
      says: 'Down with a count takes back so many, the last first.',
      project: four,
      steps: [{ up: 'latest', does: all }, { down: 2, does: ['004_d', '003_c'] }, { tables: ['001_a', '002_b'] }],
    },
    {
      name: 'No migrations to run!',
      says: 'Nothing to do is no error.',
      project: four,
      steps: [
        { up: 'latest', does: all },
        { up: 'latest', does: [] },
      ],
    },
    {
      name: 'up, count',
      says: 'Up with a count runs so many.',
      project: four,
      steps: [
        { up: 3, does: ['001_a', '002_b', '003_c'] },
        { up: 5, does: ['004_d'] },
      ],
    },
    {
      name: 'down, count left out',
      says: 'Down alone takes one back.',
      project: four,
      steps: [
        { up: 'latest', does: all },
        { down: 1, does: ['004_d'] },
      ],
    },
    {
      name: 'down, count greater than what ran',
      says: 'Down with a greater count takes back what there is.',
      project: four,
      steps: [
        { up: 2, does: ['001_a', '002_b'] },
        { down: 10, does: ['002_b', '001_a'] },
      ],
    },
    {
      name: 'up, timestamp',
      says: 'Up to a version runs what is not greater.',
      project: four,
      steps: [{ up: '003_c', does: ['001_a', '002_b', '003_c'] }],
    },
    {
      name: 'redo: down, then up',
      says: 'One taken back and applied again.',
      project: four,
      steps: [{ up: 'latest', does: all }, { down: 1, does: ['004_d'] }, { up: 1, does: ['004_d'] }, { tables: all }],
    },
    {
      name: 'checkOrder',
      says: 'A file before what ran already is refused, and named.',
      project: files('001_a', '003_c'),
      steps: [
        { up: 'latest', does: ['001_a', '003_c'] },
        { files: { '002_b': {} } },
        { status: { late: ['002_b'] } },
        { up: 'latest', does: 'YAMA_HISTORY_LATE' },
      ],
    },
    {
      name: 'Definitions of migrations … have been deleted',
      says: 'Down of a migration without a file, and without a rollback that was stored, is refused.',
      project: four,
      steps: [{ up: 'latest', does: all }, { files: { '004_d': null } }, { down: 1, does: 'YAMA_DOWN_FILE_MISSING' }],
    },
    {
      name: 'fake, up',
      says: 'Everything is recorded, nothing runs.',
      project: four,
      steps: [{ baseline: 'all', does: all }, { tables: [] }, { up: 'latest', does: [] }],
    },
    {
      name: 'fake, down',
      says: 'One is recorded as taken back, nothing runs.',
      project: four,
      steps: [{ up: 'latest', does: all }, { repair: 'mark-reverted', id: '004_d' }, { tables: all }, { status: { pending: ['004_d'] } }],
    },
    {
      name: 'singleTransaction',
      says: 'Everything of a run is taken back where one fails.',
      project: { ...files('001_a'), '002_b': { up: 'SELECT yolo FROM nowhere' } },
      steps: [{ up: 'latest', does: 'YAMA_MIGRATION_FAILED' }, { tables: ['001_a'] }],
      differs:
        'Each migration is a transaction of its own, so that a long run holds no locks to its end and is not lost as a whole; `yama down --run last` takes back one run.',
    },
    {
      name: 'a failing migration without singleTransaction',
      says: 'What came before it stays.',
      project: { ...files('001_a'), '002_b': { up: 'SELECT yolo FROM nowhere' }, ...files('003_c') },
      steps: [{ up: 'latest', does: 'YAMA_MIGRATION_FAILED' }, { status: { applied: ['001_a'], pending: ['002_b', '003_c'] } }],
    },
    {
      name: 'order of equal timestamps',
      says: 'Equal numbers are ordered by name.',
      project: files('001_b', '001_a', '002_c'),
      steps: [
        { up: 2, does: ['001_a', '001_b'] },
        { up: 'latest', does: ['002_c'] },
      ],
    },
    {
      name: 'order of numbers',
      says: 'Numbers are compared as numbers.',
      project: files('2_b', '10_c', '1_a'),
      steps: [
        { up: 2, does: ['1_a', '2_b'] },
        { up: 'latest', does: ['10_c'] },
      ],
    },
    {
      name: 'ordered migrations 001 to 089: up',
      says: 'Ninety migrations that build on each other run in order.',
      project: ordered(90),
      steps: [{ up: 'latest', does: Object.keys(ordered(90)) }],
    },
    {
      name: 'ordered migrations 001 to 089: down, one by one and the rest',
      says: 'They go back in the opposite order.',
      project: ordered(90),
      steps: [
        { up: 'latest', does: Object.keys(ordered(90)) },
        { down: 1, does: ['090_step'] },
        { downTo: 'base', does: Object.keys(ordered(90)).slice(0, -1) },
        { up: 'latest', does: Object.keys(ordered(90)) },
      ],
    },
  ],
  apart: [
    {
      name: 'Another migration is already running',
      why: 'Two runs at once: tested with processes in test/contention; a run waits for `--lock-wait` before it says YAMA_LOCK_BUSY.',
    },
    { name: 'noLock', why: 'There is no run without the lock.' },
    {
      name: 'createSchema, createMigrationsSchema, schema',
      why: 'Where the history lives is the business of each dialect; search paths belong to the connection or the migration.',
    },
    { name: 'decamelize, shorthands, type shorthands', why: 'Of its builder; Yama has SQL, portable operations and entities.' },
    {
      name: 'test/migrations/004_table … 090: what each builder call makes',
      why: 'The SQL of a builder; that objects of every kind are made and found is tested in the difference cases.',
    },
  ],
}

/** Each needs the table of the first, and every third the one before it. */
function ordered(count: number): Readonly<Record<string, { readonly up: string; readonly down: string }>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const n = String(index + 1).padStart(3, '0')
      const id = `${n}_step`
      if (index === 0) return [id, { up: 'CREATE TABLE t_steps (n int NOT NULL)', down: 'DROP TABLE t_steps' }]
      return [
        id,
        {
          up: `INSERT INTO t_steps (n) SELECT max(n) + 1 FROM (SELECT n FROM t_steps UNION ALL SELECT 0) AS s`,
          down: `DELETE FROM t_steps WHERE n = ${String(index)}`,
        },
      ]
    }),
  )
}
