import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { corpusSchemas } from '../../packages/postgres/test/corpus.ts'
import { STORAGE_SETTINGS, SUPABASE_SETUP, type CorpusLoad, type CorpusSet } from './corpus-set.ts'

const natural = new Intl.Collator('en', { numeric: true }).compare
const listed = (directory: string): readonly string[] => (existsSync(directory) ? readdirSync(directory).sort(natural) : [])
const sqlIn = (directory: string): readonly string[] =>
  listed(directory)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => join(directory, name))

/** Directories that Yama runs untouched; what a plain PostgreSQL 15 refuses in them is skipped by name. */
const directories: Readonly<Record<string, { readonly path: string; readonly skip?: readonly string[] }>> = {
  gitness: { path: 'gitness-golang-migrate/postgres' },
  homarr: { path: 'homarr-drizzle/postgresql' },
  'pocket-id': { path: 'pocket-id-golang-migrate/postgres' },
  'stellar-horizon': { path: 'stellar-horizon-sql-migrate/migrations' },
  'supabase-storage': { path: 'supabase-storage/tenant', skip: ['0047-iceberg-table-metadata'] },
  'supabase-storage multitenant': { path: 'supabase-storage/multitenant', skip: ['0022-iceberg-catalog-sharding'] },
  umami: { path: 'umami-prisma/prisma/migrations' },
}

/** Every PostgreSQL schema of the corpus. */
export function postgresSets(root: string): readonly CorpusSet[] {
  const at = (...parts: string[]): string => join(root, ...parts)
  const files = (name: string, list: readonly string[]): CorpusSet => ({ name, kind: 'postgres', load: { by: 'files', files: list } })
  const plain = corpusSchemas(root)
    .filter(({ name }) => name !== 'synapse' && name !== 'conductor')
    .map((schema): CorpusSet => {
      const { name, edit } = schema
      const own = directories[name]
      const load: CorpusLoad =
        own === undefined
          ? { by: 'files', files: schema.files, ...(edit === undefined ? {} : { edit }) }
          : { by: 'yama', directory: at(own.path), skip: own.skip ?? [] }
      const setup = name.startsWith('supabase-storage')
        ? SUPABASE_SETUP + STORAGE_SETTINGS
        : schema.stubs === undefined
          ? undefined
          : SUPABASE_SETUP
      return { name, kind: 'postgres', load, ...(setup === undefined ? {} : { setup }) }
    })
  return [
    ...plain,
    files('conductor', conductor(at('conductor-flyway'))),
    files('memos base 0.18 and chain', memosChain(at('memos'))),
    files('synapse with deltas', synapse(at('synapse-deltas'))),
    ...['temporal', 'visibility'].map((part) =>
      files(`temporal chain ${part}`, temporalChain(at('temporal/postgresql/v12', part, 'versioned'))),
    ),
    sqitch(at('cas-cif-sqitch')),
  ].filter((set) => set.load.by !== 'files' || set.load.files.length > 0)
}

/** Flyway merges the folders by version: V1__a of one comes before V2__b of another. */
function conductor(root: string): readonly string[] {
  const folders = ['migration_postgres', 'migration_postgres_data', 'migration_postgres_notify'].map((name) =>
    join(root, 'postgres-persistence', name),
  )
  return [...folders, join(root, 'postgres-external-storage/migration_external_postgres')].flatMap(sqlIn).sort((a, b) => {
    const repeatable = Number(basename(a).startsWith('R')) - Number(basename(b).startsWith('R'))
    return repeatable === 0 ? natural(basename(a), basename(b)) : repeatable
  })
}

function memosChain(root: string): readonly string[] {
  const versions = listed(join(root, 'postgres')).filter((name) => /^0\.\d+$/.test(name) && Number(name.slice(2)) >= 19)
  return [join(root, 'base/postgres-v0.18.0.sql'), ...versions.flatMap((version) => sqlIn(join(root, 'postgres', version)))]
}

/** The full schema of version 72, then every later delta for PostgreSQL. */
function synapse(root: string): readonly string[] {
  const parts = ['common', 'main', 'state']
  const full = parts.map((part) => join(root, part, 'full_schemas/72/full.sql.postgres')).filter((file) => existsSync(file))
  const deltas = parts.flatMap((part) =>
    listed(join(root, part, 'delta'))
      .filter((version) => Number(version) > 72)
      .flatMap((version) =>
        listed(join(root, part, 'delta', version)).map((name) => ({
          version: Number(version),
          name,
          path: join(root, part, 'delta', version, name),
        })),
      ),
  )
  const ours = deltas
    .filter(({ name }) => /\.sql(\.postgres)?$/.test(name))
    .sort((a, b) => a.version - b.version || natural(a.name, b.name))
  return [...full, ...ours.map(({ path }) => path)]
}

/** The files that each version's manifest names. */
function temporalChain(root: string): readonly string[] {
  return listed(root).flatMap((version) => {
    const manifest = JSON.parse(readFileSync(join(root, version, 'manifest.json'), 'utf8')) as {
      readonly SchemaUpdateCqlFiles: readonly string[]
    }
    return manifest.SchemaUpdateCqlFiles.map((name) => join(root, version, name))
  })
}

/** The plan's changes in order, each in a session of its own; an earlier instance of a reworked change lies in `name@TAG.sql` of a tag before the next instance. */
function sqitch(root: string): CorpusSet {
  const lines = readFileSync(join(root, 'sqitch.plan'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('%'))
  const entries = lines.map((line) => line.split(/\s/)[0] ?? '')
  const deploy = entries.flatMap((entry, index) => {
    if (entry.startsWith('@')) return []
    const next = entries.indexOf(entry, index + 1)
    const tags = next === -1 ? [] : entries.slice(index, next).filter((each) => each.startsWith('@'))
    const names = [...tags.toReversed().map((tag) => `${entry}${tag}`), entry]
    const name = names.find((each) => existsSync(join(root, 'deploy', `${each}.sql`)))
    return name === undefined ? [] : [`\\c\n\\i 'deploy/${name}.sql'`]
  })
  return { name: 'cas-cif', kind: 'postgres', load: { by: 'psql', directory: root, script: deploy.join('\n') } }
}
