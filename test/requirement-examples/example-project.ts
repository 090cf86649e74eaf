import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'
import { commandProject, type CommandProject, type Ran } from '../corpus/command.ts'
import { emptyDatabase, pgliteEngine, postgresEngines, type Engine } from '../corpus/databases.ts'

vi.setConfig({ testTimeout: 300_000 })

const fixtures = join(import.meta.dirname, 'fixtures')
const server = (await postgresEngines())[0]
if (server === undefined) console.warn('requirement examples: not run on a PostgreSQL server, because none answers; PGlite only')

/** Where the PostgreSQL examples run: on a server where there is one, else embedded, which starts anew with every command. YAMA_MATRIX=all: both. */
export const postgresTargets: readonly Engine[] =
  server === undefined ? [pgliteEngine] : process.env['YAMA_MATRIX'] === 'all' ? [pgliteEngine, server] : [server]

export const fixture = (name: string): string => join(fixtures, name)
export const example = (name: string): string => readFileSync(fixture(name), 'utf8')

/** The tables that the examples need, as their own first migration makes them. */
export const TABLES = example('supabase/migrations/20240101000000_initial_schema.sql')

export interface ExampleProject extends CommandProject {
  /** Runs SQL past Yama, as an application would. */
  sql(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** `yama up` or `yama down`, confirmed with the digest of its own plan. */
  confirmed(...words: readonly string[]): Promise<Ran>
}

export interface ExampleOptions {
  readonly copies?: Readonly<Record<string, string>>
  readonly config?: Readonly<Record<string, unknown>>
  readonly environment?: Readonly<Record<string, unknown>>
}

/** A project with an empty database of the engine. */
export async function inExample(
  engine: Engine,
  work: (project: ExampleProject) => Promise<void>,
  options: ExampleOptions = {},
): Promise<void> {
  await using database = await emptyDatabase(engine)
  using project = commandProject(options.copies)
  project.configure({ ...options.config, environments: { dev: { url: database.url, ...options.environment } } })
  await work({
    ...project,
    sql: async (text) => {
      await using connection = await database.dialect.connect()
      let rows: readonly Readonly<Record<string, unknown>>[] = []
      for (const statement of database.dialect.splitStatements(text)) rows = (await connection.execute(statement.text)).rows
      return rows
    },
    confirmed: async (...words) => {
      const { digest } = await project.data<{ readonly digest: string }>(...words, '--dry-run')
      return project.yama(...words, '--confirm', digest)
    },
  })
}
