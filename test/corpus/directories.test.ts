import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandProject, type CommandProject, type Ran } from './command.ts'
import { STORAGE_SETTINGS, SUPABASE_SETUP } from './corpus-set.ts'
import { emptyDatabase, postgresEngines, sqliteEngine, type Database, type Engine } from './databases.ts'
import { runText } from './load-set.ts'
import { runDowns } from './run-downs.ts'

const root = process.env['YAMA_CORPUS_DIR']
const server = root === undefined ? undefined : (await postgresEngines())[0]
const whyNot = (engine: Engine | undefined): string | undefined =>
  root === undefined ? 'YAMA_CORPUS_DIR is not set' : engine === undefined ? 'no PostgreSQL server answers' : undefined
const why = whyNot(server)
if (why !== undefined) console.warn(`test/corpus/directories.test.ts: skipped, ${why}`)

interface StatusData {
  readonly applied: readonly { readonly name: string }[]
  readonly pending: readonly { readonly name: string }[]
}

/** A project around a copy of a corpus directory, with a database of its own. */
async function around(
  engine: Engine,
  path: string,
  work: (project: CommandProject, database: Database) => Promise<void>,
  setup = '',
): Promise<void> {
  await using database = await emptyDatabase(engine)
  using project = commandProject({ migrations: join(root ?? '', path) })
  project.configure({ environments: { dev: { url: database.url } } })
  if (setup !== '') await runText(database, setup)
  await work(project, database)
}

/** On a database that holds tables already, what a history drops on its way is confirmed as the plan says. */
async function confirmedUp(project: CommandProject): Promise<Ran> {
  const { digest } = await project.data<{ readonly digest: string }>('plan')
  return project.yama('up', '--confirm', digest)
}

/** `yama up` as a user types it, and nothing is pending afterwards. */
async function upCompletely(project: CommandProject, count: number): Promise<string> {
  const { code, output } = await project.yama('up')
  expect([code, output.match(/\d+ applied in/)?.[0]], output).toEqual([0, `${count} applied in`])
  const { applied, pending } = await project.data<StatusData>('status')
  expect([applied.length, pending]).toEqual([count, []])
  return output
}

const titled = (name: string, reason: string | undefined): string => (reason === undefined ? name : `${name} (skipped: ${reason})`)

describe.skipIf(root === undefined)(titled('directories of SQLite projects run untouched', whyNot(sqliteEngine)), () => {
  it('pocket-id: the function that only the application has is named with file and line; with the file skipped the rest runs', () =>
    around(sqliteEngine, 'pocket-id-golang-migrate/sqlite', async (project, database) => {
      const failed = await project.yama('up')
      expect(failed.code).toBe(8)
      expect(failed.output).toContain('YAMA_MIGRATION_FAILED: migrations/20250705000000_normalize.up.sql:4:1: no such function: normalize.')
      expect(failed.output).toContain('nothing of it is kept; 33 of 72 migrations of this run are done.')
      expect((await project.data<StatusData>('status')).applied).toHaveLength(33)
      project.configure({ environments: { dev: { url: database.url } }, skip: ['20250705000000_normalize'] })
      expect((await confirmedUp(project)).output).toContain('38 applied in')
      const { applied, pending } = await project.data<StatusData>('status')
      expect([applied.length, pending]).toEqual([71, []])
      const downs = await runDowns(database, join(project.directory, 'migrations'), ['20250705000000_normalize'])
      expect(downs).toMatchSnapshot()
    }))

  // Two Downs more than golang-migrate counts as broken: it passes over 0029, whose files end in `_up.sql` and `_down.sql`. The Down of 0029 is
  // written for MySQL (`DROP INDEX … ON jobs`), so the index stays, and the Down of 0025 cannot drop its column.
  it('gitness: repeated numbers, a pair of empty files and all', () =>
    around(sqliteEngine, 'gitness-golang-migrate/sqlite', async (project, database) => {
      const output = await upCompletely(project, 93)
      expect(output).toContain(
        'The file migrations/0053_alter_cde_tables.up.sql is empty: the migration 0053_alter_cde_tables is recorded as applied',
      )
      expect(await runDowns(database, join(project.directory, 'migrations'))).toMatchSnapshot()
    }))

  it('an empty file without its other half is refused by name', async () => {
    using project = commandProject()
    project.write('migrations/001_a.sql', 'CREATE TABLE a (id INTEGER PRIMARY KEY);')
    project.write('migrations/002_b.sql', '')
    const { code, output } = await project.yama('up', '--url', 'sqlite:./a.db')
    expect([code, output]).toEqual([65, expect.stringContaining('YAMA_SOURCE_EMPTY: migrations/002_b.sql has no statement to run.')])
  })

  it('homarr: files that end the transaction which another tool would have opened', () =>
    around(sqliteEngine, 'homarr-drizzle/sqlite', async (project) => void (await upCompletely(project, 42))))
})

describe.skipIf(why !== undefined)(titled('directories of PostgreSQL projects run untouched', why), () => {
  const engine = server as Engine

  it.each([
    { name: 'stellar-horizon', path: 'stellar-horizon-sql-migrate/migrations', count: 72 },
    { name: 'pocket-id', path: 'pocket-id-golang-migrate/postgres', count: 64 },
    { name: 'gitness', path: 'gitness-golang-migrate/postgres', count: 96 },
  ])(
    '$name, up and every way back',
    ({ path, count }) =>
      around(engine, path, async (project, database) => {
        await upCompletely(project, count)
        expect(await runDowns(database, join(project.directory, 'migrations'))).toMatchSnapshot()
      }),
    180_000,
  )

  it.each([
    {
      name: 'tenant',
      path: 'supabase-storage/tenant',
      file: '0047-iceberg-table-metadata',
      reason: 'relation "iceberg_namespaces" does not exist',
      count: 62,
    },
    {
      name: 'multitenant',
      path: 'supabase-storage/multitenant',
      file: '0022-iceberg-catalog-sharding',
      reason: 'malformed array literal: "[]::text[]"',
      count: 27,
    },
  ])(
    'supabase-storage $name: one file is refused by the server, the rest runs',
    ({ path, file, reason, count }) =>
      around(
        engine,
        path,
        async (project, database) => {
          const failed = await confirmedUp(project)
          expect(failed.code, failed.output).toBe(8)
          expect(failed.output).toMatch(new RegExp(`YAMA_MIGRATION_FAILED: migrations/${file}\\.sql:\\d+:\\d+: `))
          expect(failed.output).toContain(reason)
          project.configure({ environments: { dev: { url: database.url } }, skip: [file] })
          expect((await confirmedUp(project)).code).toBe(0)
          const { applied, pending } = await project.data<StatusData>('status')
          expect([applied.length, pending]).toEqual([count, []])
        },
        SUPABASE_SETUP + STORAGE_SETTINGS,
      ),
    180_000,
  )

  it(
    'liam-supabase: extensions that the server lacks are named by the server; without them all but two files run',
    () =>
      around(
        engine,
        'liam-supabase/supabase/migrations',
        async (project, database) => {
          const failed = await confirmedUp(project)
          expect(failed.code, failed.output).toBe(8)
          expect(failed.output).toMatch(
            /YAMA_MIGRATION_FAILED: migrations\/\w+\.sql:\d+:\d+: (extension "\w+" is not available|could not open extension control file)/,
          )
          for (const name of readdirSync(join(project.directory, 'migrations')))
            withoutExtensions(join(project.directory, 'migrations', name))
          const skip = ['20250519120603_add_vector_support', '20250519182900_add_organization_id_and_rls_to_documents']
          project.configure({ environments: { dev: { url: database.url } }, skip })
          const { code, output } = await confirmedUp(project)
          expect(code, output).toBe(0)
          const { applied, pending } = await project.data<StatusData>('status')
          expect([applied.length, pending]).toEqual([89, []])
        },
        SUPABASE_SETUP,
      ),
    180_000,
  )
})

/** What a plain server lacks, as the notes on the corpus say: seven extensions and the vectors of one. */
function withoutExtensions(file: string): void {
  const text = readFileSync(file, 'utf8')
  const plain = text
    .replaceAll(/^create extension.*(pg_net|vector|pg_graphql|supabase_vault|pg_stat_statements|pgjwt|pgsodium).*$/gim, '')
    .replaceAll(/("?(extensions|public)"?\.)?"?vector"?\(\d+\)/g, 'real[]')
  if (plain !== text) writeFileSync(file, plain)
}
