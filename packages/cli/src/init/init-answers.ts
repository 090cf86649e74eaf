import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CliContext } from '../program/cli-context.ts'
import { ask } from '../output/ask.ts'
import { text } from '../program/option-values.ts'
import { parseDatabaseUrl } from '../config/parse-database-url.ts'
import { readVariables } from '../config/read-variables.ts'

export const databases = ['sqlite', 'postgres', 'pglite', 'mysql', 'mariadb'] as const
export type InitDatabase = (typeof databases)[number]

export interface InitAnswers {
  readonly root: string
  readonly database: InitDatabase
  /** For environment dev: a reference or a URL without a password. */
  readonly url: string
  /** True where a database exists that can be introspected. */
  readonly existing: boolean
  readonly entities: string
  readonly migrations: string
  readonly example: boolean
  readonly pull: boolean
  readonly install: boolean
  readonly force: boolean
}

/** What `init` has to know: from its options, from what is there, from questions on a terminal. */
export async function initAnswers(context: CliContext, options: Readonly<Record<string, unknown>>): Promise<InitAnswers> {
  const root = context.globals.cwd
  const variables = readVariables(root)
  const detected = text(options['fromDb']) ?? context.globals.url ?? variables['DATABASE_URL']
  const named = text(options['dialect'])
  const parsed = detected === undefined ? undefined : parseDatabaseUrl(detected, root)
  const fromUrl: InitDatabase | undefined = parsed?.driver === 'pglite' ? 'pglite' : parsed?.kind
  const database = (named as InitDatabase | undefined) ?? fromUrl ?? (await askDatabase(context))
  const existing = parsed !== undefined && (named === undefined || named === fromUrl)
  const supabase = existsSync(join(root, 'supabase', 'migrations'))
  return {
    root,
    database,
    url: existing ? reference(detected ?? '', variables) : defaultUrl(database),
    existing,
    entities: 'schema',
    migrations: text(options['migrations']) ?? (supabase ? 'supabase/migrations' : 'migrations'),
    example: options['example'] === true || (!existing && !supabase && options['example'] !== false),
    pull: text(options['fromDb']) !== undefined || (existing && (await askPull(context))),
    install: options['install'] !== false,
    force: options['force'] === true,
  }
}

/** A URL with a password never goes into a file: it stays in the variable, which the configuration names. */
function reference(url: string, variables: Readonly<Record<string, string | undefined>>): string {
  return variables['DATABASE_URL'] === url || /^[a-z+]+:\/\/[^@/]*:[^@/]*@/i.test(url) ? 'env:DATABASE_URL' : url
}

const defaultUrl = (database: InitDatabase): string =>
  ({
    sqlite: 'sqlite:./dev.db',
    postgres: 'env:DATABASE_URL',
    pglite: 'pglite:./.yama/dev',
    mysql: 'env:DATABASE_URL',
    mariadb: 'env:DATABASE_URL',
  })[database]

async function askDatabase(context: CliContext): Promise<InitDatabase> {
  if (!context.globals.interactive) return 'sqlite'
  return ask<InitDatabase>(context.signal, 'Nothing was written.', ({ select }, asking) =>
    select({
      message: 'Which database?',
      options: [
        { value: 'sqlite' as InitDatabase, label: 'SQLite', hint: 'a file, nothing to install but the driver' },
        { value: 'postgres' as InitDatabase, label: 'PostgreSQL', hint: 'a server, DATABASE_URL' },
        { value: 'pglite' as InitDatabase, label: 'PGlite', hint: 'PostgreSQL in this process, nothing to install' },
        { value: 'mysql' as InitDatabase, label: 'MySQL', hint: 'a server, DATABASE_URL' },
        { value: 'mariadb' as InitDatabase, label: 'MariaDB', hint: 'a server, DATABASE_URL' },
      ],
      ...asking,
    }),
  )
}

async function askPull(context: CliContext): Promise<boolean> {
  if (!context.globals.interactive) return false
  const message = 'A database URL is set. Write entities from what is in it?'
  return ask<boolean>(context.signal, 'Nothing was written.', ({ confirm }, asking) => confirm({ message, ...asking }))
}

/** The package manager of the project, by its lock file. */
export function packageManager(root: string): 'npm' | 'pnpm' | 'yarn' {
  if (existsSync(join(root, 'pnpm-lock.yaml'))) return 'pnpm'
  return existsSync(join(root, 'yarn.lock')) ? 'yarn' : 'npm'
}

/** True where the project's package.json already names a dependency. */
export function hasDependency(root: string, name: string): boolean {
  const file = join(root, 'package.json')
  if (!existsSync(file)) return false
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>
  return ['dependencies', 'devDependencies', 'optionalDependencies'].some((key) => manifest[key]?.[name] !== undefined)
}
