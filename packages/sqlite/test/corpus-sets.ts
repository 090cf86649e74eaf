import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A schema of the corpus: its files in the order in which the application applies them. */
export interface CorpusSet {
  readonly name: string
  readonly files: readonly string[]
}

const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })
const sqlFiles = (directory: string, pattern = /\.sql$/): string[] =>
  readdirSync(directory)
    .filter((name) => pattern.test(name))
    .sort(byNumber)
    .map((name) => join(directory, name))

/** Nothing where there is no corpus: which sets there are is asked before the tests are skipped. */
export function corpusSets(root: string | undefined): readonly CorpusSet[] {
  if (root === undefined) return []
  const at = (...parts: string[]): string => join(root, ...parts)
  return [
    { name: 'chinook', files: [at('chinook/Chinook_Sqlite.sql')] },
    { name: 'chinook-autoincrement', files: [at('chinook/Chinook_Sqlite_AutoIncrementPKs.sql')] },
    { name: 'sakila', files: [at('sakila-jooq/sqlite/sqlite-sakila-schema.sql')] },
    { name: 'homarr', files: sqlFiles(at('homarr-drizzle/sqlite')) },
    { name: 'gitness', files: sqlFiles(at('gitness-golang-migrate/sqlite'), /\.up\.sql$/) },
    { name: 'pocket-id', files: sqlFiles(at('pocket-id-golang-migrate/sqlite'), /\.up\.sql$/) },
    { name: 'conductor', files: sqlFiles(at('conductor-flyway/sqlite-persistence/migration_sqlite')) },
    { name: 'conductor-scheduler', files: sqlFiles(at('conductor-flyway/scheduler/sqlite-persistence/migration_scheduler_sqlite')) },
    { name: 'memos', files: [at('memos/sqlite/LATEST.sql')] },
    { name: 'memos-chain', files: memosChain(root) },
    { name: 'temporal', files: [at('temporal/sqlite/v3/temporal/schema.sql')] },
    { name: 'temporal-visibility', files: [at('temporal/sqlite/v3/visibility/schema.sql')] },
    { name: 'synapse', files: synapse(root) },
    { name: 'kratos', files: kratos(at('kratos-pop/sql')) },
  ].filter((set) => set.files.length > 0)
}

/** Neighbours of one schema over the years. */
export function historySets(root: string | undefined): readonly { readonly name: string; readonly files: readonly string[] }[] {
  if (root === undefined) return []
  return ['history-memos/sqlite', 'history-temporal/sqlite', 'history-temporal/sqlite-visibility'].map((name) => ({
    name,
    files: sqlFiles(join(root, name)),
  }))
}

/** Temporal writes JSON paths in double quotes, which better-sqlite3 takes as names only (SQLITE_DQS=0). */
export const readSql = (file: string): string => readFileSync(file, 'utf8').replaceAll(/"(\$\.\w+)"/g, "'$1'")

function memosChain(root: string): string[] {
  const versions = readdirSync(join(root, 'memos/sqlite')).filter((name) => /^0\.\d+$/.test(name) && Number(name.slice(2)) >= 19)
  return [
    join(root, 'memos/base/sqlite-v0.18.0.sql'),
    ...versions.sort(byNumber).flatMap((version) => sqlFiles(join(root, 'memos/sqlite', version))),
  ]
}

function synapse(root: string): string[] {
  const base = join(root, 'synapse-deltas')
  const full = ['common', 'main', 'state'].map((part) => join(base, part, 'full_schemas/72/full.sql.sqlite'))
  const deltas = ['common', 'main', 'state'].flatMap((part) => {
    const directory = join(base, part, 'delta')
    const versions = existing(directory).filter((name) => Number(name) > 72)
    return versions.flatMap((version) =>
      existing(join(directory, version)).map((name) => ({ version: Number(version), name, path: join(directory, version, name) })),
    )
  })
  const ours = deltas.filter(({ name }) => /\.sql(\.sqlite)?$/.test(name)).sort((a, b) => a.version - b.version || byNumber(a.name, b.name))
  return [...full, ...ours.map(({ path }) => path)]
}

const existing = (directory: string): string[] =>
  statSync(directory, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(directory).sort(byNumber)

/** pop: the file of the dialect, else the one for all. */
function kratos(directory: string): string[] {
  const chosen = new Map<string, { readonly file: string; readonly own: boolean }>()
  for (const name of readdirSync(directory)) {
    const match = /^(?<key>\d+_[^.]+)(?:\.(?<dialect>[a-z0-9]+))?(?:\.autocommit)?\.up\.sql$/.exec(name)
    const key = match?.groups?.['key']
    const dialect = match?.groups?.['dialect']
    if (key === undefined || (dialect !== undefined && dialect !== 'sqlite3' && dialect !== 'sqlite' && dialect !== 'autocommit')) continue
    const own = dialect === 'sqlite3' || dialect === 'sqlite'
    if (own || chosen.get(key)?.own !== true) chosen.set(key, { file: join(directory, name), own })
  }
  return [...chosen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { file }]) => file)
}
