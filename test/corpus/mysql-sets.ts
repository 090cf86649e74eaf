import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { CorpusSet } from './corpus-set.ts'

const natural = new Intl.Collator('en', { numeric: true }).compare
const sqlIn = (directory: string, accept: (name: string) => boolean = (name) => name.endsWith('.sql')): string[] =>
  readdirSync(directory)
    .filter(accept)
    .sort(natural)
    .map((name) => join(directory, name))

/** A script for a whole server makes and chooses its own database; here it has one already. */
const inThisDatabase = (text: string): string =>
  text
    .replaceAll(/^\s*(?:CREATE (?:DATABASE|SCHEMA)|DROP (?:DATABASE|SCHEMA)|USE|ALTER DATABASE)\b[^;]*;/gim, '')
    // Drizzle's own mark between statements, which is no comment here: there is no space behind its dashes.
    .replaceAll('--> statement-breakpoint', '')
    .replaceAll(/\bsakila\./g, '')

/** Temporal lists the files of each version in its manifest. */
function temporal(directory: string): string[] {
  return readdirSync(directory)
    .sort(natural)
    .flatMap((version) => {
      const manifest = JSON.parse(readFileSync(join(directory, version, 'manifest.json'), 'utf8')) as {
        readonly SchemaUpdateCqlFiles: readonly string[]
      }
      return manifest.SchemaUpdateCqlFiles.map((file) => join(directory, version, file))
    })
}

function memosChain(root: string): string[] {
  const versions = readdirSync(join(root, 'memos/mysql')).filter((name) => /^0\.\d+$/.test(name) && Number(name.slice(2)) >= 19)
  return [
    join(root, 'memos/base/mysql-v0.18.0.sql'),
    ...versions.sort(natural).flatMap((version) => sqlIn(join(root, 'memos/mysql', version))),
  ]
}

/** pop: the file of the dialect, else the one for all. */
function kratos(directory: string): string[] {
  const chosen = new Map<string, { readonly file: string; readonly own: boolean }>()
  for (const name of readdirSync(directory)) {
    const match = /^(?<key>\d+_[^.]+)(?:\.(?<dialect>[a-z0-9]+))?(?:\.autocommit)?\.up\.sql$/.exec(name)
    const key = match?.groups?.['key']
    const dialect = match?.groups?.['dialect']
    if (key === undefined || (dialect !== undefined && dialect !== 'mysql' && dialect !== 'autocommit')) continue
    const own = dialect === 'mysql'
    if (own || chosen.get(key)?.own !== true) chosen.set(key, { file: join(directory, name), own })
  }
  return [...chosen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { file }]) => file)
}

/** Sets that only one of the two understands: `->>`, indexes over expressions, tablespaces; MariaDB's own options. The rest of these is no schema. */
const only: readonly (readonly [pattern: RegExp, kind: 'mysql' | 'mariadb' | 'none'])[] = [
  [/^kestra|^temporal-visibility|^skeema (?:inno-|pagecompression)/, 'mysql'],
  [/^skeema .*maria(?:106|108)?\.sql/, 'mariadb'],
  [/^skeema (?:statements|nodelimiter|vector|rows|integration)/, 'none'],
]

/** Every schema of the corpus that the server is meant to understand. */
export function mysqlSets(root: string, kind: 'mysql' | 'mariadb'): readonly CorpusSet[] {
  const at = (...parts: string[]): string => join(root, ...parts)
  const named: readonly (readonly [name: string, files: readonly string[]])[] = [
    ['chinook', [at('chinook/Chinook_MySql.sql')]],
    ['chinook-autoincrement', [at('chinook/Chinook_MySql_AutoIncrementPKs.sql')]],
    ['sakila', [at('sakila-jooq/mysql/mysql-sakila-schema.sql')]],
    ['homarr', sqlIn(at('homarr-drizzle/mysql'))],
    ['conductor', sqlIn(at('conductor-flyway/mysql-persistence/migration'))],
    ['conductor-scheduler', sqlIn(at('conductor-flyway/scheduler/mysql-persistence/migration_scheduler_mysql'))],
    ['kestra', sqlIn(at('kestra-flyway/mysql'))],
    ['memos', [at('memos/mysql/LATEST.sql')]],
    ['memos-chain', memosChain(root)],
    ['temporal', [at('temporal/mysql/v8/temporal/schema.sql')]],
    ['temporal-chain', temporal(at('temporal/mysql/v8/temporal/versioned'))],
    ['temporal-visibility', [at('temporal/mysql/v8/visibility/schema.sql')]],
    ['temporal-visibility-chain', temporal(at('temporal/mysql/v8/visibility/versioned'))],
    ['apollo-config', [at('apollo-mysql-deltas/mysql-default/apolloconfigdb.sql')]],
    ['apollo-portal', [at('apollo-mysql-deltas/mysql-default/apolloportaldb.sql')]],
    ['kratos', kratos(at('kratos-pop/sql'))],
    ...sqlIn(at('peer-skeema-tengo')).map((file) => [`skeema ${basename(file)}`, [file]] as const),
  ]
  const dated = ['history-apollo/mysql-config', 'history-apollo/mysql-portal', 'history-memos/mysql', 'history-temporal/mysql'].flatMap(
    (name) => sqlIn(at(name)).map((file) => [`${name.replace('/mysql', '')} ${basename(file)}`, [file]] as const),
  )
  return [...named, ...dated]
    .filter(([name]) => only.every(([pattern, server]) => server === kind || !pattern.test(name)))
    .map(([name, files]): CorpusSet => ({ name, kind: 'mysql', load: { by: 'files', files, edit: inThisDatabase } }))
}
