import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Connection } from '@yama/core'
import { postgres } from '@yama/postgres'
import { difference, stateHash, type FactBase } from '@yama/schema'
import { inProcess, interleaved, median, programme, ratio, type Sample } from './measure.ts'
import { yamaProgramme } from './peers.ts'
import { dropDatabase, freshDatabase } from './postgres-server.ts'
import { atMost, rowsOf, type Result, type Row, type Target } from './result.ts'

const everything = { schemas: [], include: [], exclude: [] } as const
const NAMES = {
  plain: 'yama_bench_extract',
  before: 'yama_bench_schema',
  changed: 'yama_bench_schema_changed',
} as const

function table(index: number): string {
  const parent = index === 0 ? '' : `, FOREIGN KEY (parent_id) REFERENCES t${index - 1} (id)`
  return `CREATE TABLE t${index} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id bigint, name varchar(120) NOT NULL, email text,
    state text NOT NULL DEFAULT 'new', amount numeric(10,2) DEFAULT 0, active boolean NOT NULL DEFAULT true, data jsonb NOT NULL DEFAULT '{}',
    tags text[], created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz, note text, CHECK (amount >= 0)${parent});
    CREATE INDEX ON t${index} (name, created_at DESC); CREATE INDEX ON t${index} (lower(email)) WHERE active;`
}
/** Each twentieth table gets a column and an index, and another length of a text. */
const isEdited = (index: number): boolean => index % 20 === 3
const edit = (index: number): string =>
  `ALTER TABLE t${index} ADD COLUMN phone text, ALTER COLUMN name TYPE varchar(200); CREATE INDEX ON t${index} (phone);`

async function fill(url: string, statements: readonly string[]): Promise<void> {
  await using connection = await postgres({ url }).connect()
  for (let from = 0; from < statements.length; from += 100)
    await connection.batch([{ sql: statements.slice(from, from + 100).join('\n') }], { transaction: true })
  await connection.execute('VACUUM ANALYZE')
}

/** A connection that counts how often it asks. */
function counting(connection: Connection): { readonly connection: Connection; readonly count: () => number } {
  let count = 0
  const counted: Connection = {
    ...connection,
    execute: (...given) => (count++, connection.execute(...given)),
    batch: (commands, options, signal) => {
      count += options.transaction ? 1 : commands.length
      return connection.batch(commands, options, signal)
    },
    transaction: (work) => {
      count += 2
      return connection.transaction(work)
    },
  }
  return { connection: counted, count: () => count }
}

async function extraction(tables: number, rounds: number): Promise<Result> {
  const url = await freshDatabase(NAMES.plain)
  await fill(
    url,
    Array.from({ length: tables }, (_, index) => table(index)),
  )
  const dialect = postgres({ url })
  await using connection = await dialect.connect()
  const { schema } = dialect.extensions
  if (schema === undefined) throw new Error('no schema dialect')
  let base: FactBase = await schema.extract(connection, everything)
  const dump = (): Sample => programme({ command: ['pg_dump', '--schema-only', '--file=/dev/null', url] })
  const samples = await interleaved(rounds, {
    'Yama, extraction': () => inProcess(async () => void (base = await schema.extract(connection, everything))),
    'pg_dump --schema-only': dump,
  })
  const counted = counting(connection)
  await schema.extract(counted.connection, everything)
  const differences: number[] = []
  const hashed: number[] = []
  for (let run = 0; run < 5; run++) {
    const [one, other] = [await schema.extract(connection, everything), await schema.extract(connection, everything)]
    hashed.push((await inProcess(() => void (stateHash(one) === stateHash(other) && difference(one, other)))).cpu * 1000)
    differences.push((await inProcess(() => void difference(one, other))).cpu * 1000)
  }
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20)
  const at1000: readonly Target[] = [
    atMost(
      'extraction at most the time of `pg_dump --schema-only` (wall)',
      ratio(samples, 'Yama, extraction', 'pg_dump --schema-only', 'wall'),
      1,
    ),
    atMost('at most 10 round trips', counted.count(), 10, 0),
    atMost('no-op difference under 50 ms of CPU', median(differences), 50, 1),
    atMost('the same with both hashes, ms of CPU', median(hashed), 50, 1),
  ]
  return {
    title: `Extraction and difference, ${tables.toLocaleString('en')} PostgreSQL tables`,
    about: `${base.facts.size.toLocaleString('en')} facts: 12 columns, keys, a check, two indexes each. ${rounds} interleaved rounds. Resident memory of the process afterwards: ${memory} MB.`,
    rows: [
      ...rowsOf(samples, 'Yama, extraction'),
      { name: 'no-op difference', cpu: median(differences) / 1000 },
      { name: 'no-op difference with both state hashes', cpu: median(hashed) / 1000 },
    ],
    targets: tables === 1000 ? at1000 : at1000.slice(0, 2),
  }
}

const migra = fileURLToPath(new URL('peers/node_modules/.bin/migra', import.meta.url))
const CONFIG = `import { defineConfig } from '@yama/cli'\nexport default defineConfig({ dialect: 'postgres', environments: { dev: { url: 'env:DATABASE_URL' } } })\n`

/** `generate` for 5 % of the tables, from entities; migra compares two databases that are there already. */
export async function generation(tables: number, rounds: number, installed: Readonly<Record<string, string>>): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-bench-'))
  writeFileSync(join(directory, 'yama.config.ts'), CONFIG)
  const url = await freshDatabase(NAMES.before)
  const all = Array.from({ length: tables }, (_, index) => table(index))
  await fill(url, all)
  const changed = await freshDatabase(NAMES.changed, NAMES.before)
  await fill(
    changed,
    Array.from({ length: tables }, (_, index) => index)
      .filter(isEdited)
      .map(edit),
  )
  const yama = (...words: readonly string[]) => {
    const { command, cwd, env } = yamaProgramme(words, directory, url)
    return programme({ command, env: { ...env, CI: '' }, ...(cwd === undefined ? {} : { cwd }) })
  }
  yama('pull')
  yama('generate', 'start', '--no-prove')
  yama('generate', 'nothing', '--no-prove')
  const files = readdirSync(join(directory, 'schema')).filter((file) => isEdited(Number(/\d+/.exec(file)?.[0])))
  for (const file of files) {
    const path = join(directory, 'schema', file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text
        .replace('name: string(120)!', 'name: string(200)!')
        .replace('      note: text?\n', '      note: text?\n      phone: text? indexed\n'),
    )
  }
  const cache = join(directory, '.yama', 'cache')
  const kept = readdirSync(cache)
  const forget = (all: boolean): void => {
    for (const file of readdirSync(cache)) if (all || !kept.includes(file)) rmSync(join(cache, file))
  }
  const save = join(directory, 'kept')
  spawnSync('cp', ['-r', cache, save])
  const warm = (...words: readonly string[]): Sample => {
    forget(true)
    spawnSync('cp', ['-r', `${save}/.`, cache])
    return yama('generate', 'change', '--preview', ...words)
  }
  const samples = await interleaved(rounds, {
    'yama generate, history cached': () => warm('--no-prove'),
    'yama generate, nothing cached': () => {
      forget(true)
      return yama('generate', 'change', '--preview', '--no-prove')
    },
    ...(installed['@pgkit/migra'] === undefined
      ? {}
      : { '@pgkit/migra, two databases': () => programme({ command: ['node', migra, 'run', url, changed, '--unsafe'], codes: [0, 2] }) }),
    'pg_dump --schema-only': () => programme({ command: ['pg_dump', '--schema-only', '--file=/dev/null', url] }),
  })
  const proved: Row = { name: 'yama generate --prove, history cached', ...withoutText(warm('--prove')), note: 'one run' }
  rmSync(directory, { recursive: true })
  for (const name of [NAMES.before, NAMES.changed]) await dropDatabase(name)
  const peer = '@pgkit/migra, two databases'
  const targets: readonly Target[] =
    peer in samples
      ? [
          atMost(
            'history cached: a third of the time of @pgkit/migra (wall)',
            ratio(samples, 'yama generate, history cached', peer, 'wall'),
            1 / 3,
          ),
          atMost('cold: not slower than @pgkit/migra (wall)', ratio(samples, 'yama generate, nothing cached', peer, 'wall'), 1),
        ]
      : []
  return {
    title: `\`yama generate\`, ${tables.toLocaleString('en')} PostgreSQL tables, 5 % of them changed`,
    about: `${files.length} tables with a new column and index and a longer text. Yama starts from entities, so it also makes what they state, or what of it is new since the last time, in a throw-away cluster of local binaries, which it starts and removes; migra compares two databases that are there. Nothing cached: the history is replayed and the entities are built as a whole. ${rounds} interleaved rounds.`,
    rows: [...rowsOf(samples, 'yama generate, history cached'), proved],
    targets,
  }
}

const withoutText = ({ wall, cpu }: Sample): Sample => ({ wall, cpu })

/** Extraction and difference; 10,000 tables only where the environment asks for it, for they take minutes. */
export async function extractions(rounds: number): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const tables of [100, 1000, ...(process.env['YAMA_BENCH_LARGE'] === undefined ? [] : [10_000])])
    results.push(await extraction(tables, tables > 1000 ? 3 : rounds))
  await dropDatabase(NAMES.before)
  return results
}
