import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
    targets:
      tables === 1000
        ? at1000
        : [
            ...at1000.slice(0, 2),
            atMost('no-op difference with both hashes, ms of CPU per 1,000 tables', (median(hashed) * 1000) / tables, 50, 1),
          ],
  }
}

const migra = fileURLToPath(new URL('peers/node_modules/.bin/migra', import.meta.url))
const maxRss = new URL('max-rss.mjs', import.meta.url).href
const CACHED = 'yama generate, history cached'
const COLD = 'yama generate, nothing cached'
const MIGRA = '@pgkit/migra, two databases'

interface Measured {
  readonly result: Result
  readonly samples: Readonly<Record<string, readonly Sample[]>>
  /** MB. */
  readonly most: Readonly<Record<string, number>>
}
const CONFIG = `import { defineConfig } from '@yama/cli'\nexport default defineConfig({ dialect: 'postgres', environments: { dev: { url: 'env:DATABASE_URL' } } })\n`

/** `generate` for 5 % of the tables, from entities; migra compares two databases that are there already. */
async function generation(tables: number, rounds: number, installed: Readonly<Record<string, string>>): Promise<Measured> {
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
  const memory = join(directory, 'memory')
  const measured = { NODE_OPTIONS: `--import=${maxRss}`, YAMA_BENCH_RSS: memory }
  const yama = (...words: readonly string[]) => {
    const { command, cwd, env } = yamaProgramme(words, directory, url)
    return programme({ command, env: { ...env, ...measured, CI: '' }, ...(cwd === undefined ? {} : { cwd }) })
  }
  /** The most memory that each took, in MB. */
  const most: Record<string, number> = {}
  const noting = (name: string, sample: Sample): Sample => {
    most[name] = Math.max(most[name] ?? 0, Number(readFileSync(memory, 'utf8')))
    return sample
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
  const forget = (): void => rmSync(cache, { recursive: true, force: true })
  const save = join(directory, 'kept')
  cpSync(cache, save, { recursive: true, preserveTimestamps: true })
  const warm = (...words: readonly string[]): Sample => {
    forget()
    cpSync(save, cache, { recursive: true, preserveTimestamps: true })
    return yama('generate', 'change', '--preview', ...words)
  }
  const samples = await interleaved(rounds, {
    [CACHED]: () => noting(CACHED, warm('--no-prove')),
    [COLD]: () => {
      forget()
      return noting(COLD, yama('generate', 'change', '--preview', '--no-prove'))
    },
    ...(installed['@pgkit/migra'] === undefined
      ? {}
      : {
          [MIGRA]: () =>
            noting(
              MIGRA,
              programme({ command: ['node', migra, 'run', url, changed, '--unsafe'], env: measured, codes: [0, 2], timeoutMs: 300_000 }),
            ),
        }),
    'pg_dump --schema-only': () => programme({ command: ['pg_dump', '--schema-only', '--file=/dev/null', url] }),
  })
  const proved: readonly Row[] =
    tables > 1000 ? [] : [{ name: 'yama generate --prove, history cached', ...withoutText(warm('--prove')), note: 'one run' }]
  rmSync(directory, { recursive: true })
  for (const name of [NAMES.before, NAMES.changed]) await dropDatabase(name)
  const targets: readonly Target[] =
    MIGRA in samples
      ? [
          atMost(`history cached: a third of the time of @pgkit/migra (wall)`, ratio(samples, CACHED, MIGRA, 'wall'), 1 / 3),
          atMost('cold: not slower than @pgkit/migra (wall)', ratio(samples, COLD, MIGRA, 'wall'), 1),
        ]
      : []
  const notes = Object.fromEntries(Object.entries(most).map(([name, megabytes]) => [name, `at most ${megabytes} MB`]))
  return {
    result: {
      title: `\`yama generate\`, ${tables.toLocaleString('en')} PostgreSQL tables, 5 % of them changed`,
      about: `${files.length} tables with a new column and index and a longer text. Yama starts from entities, so it also makes what they state, or what of it is new since the last time, in a throw-away cluster of local binaries, which it starts and removes; migra compares two databases that are there. Nothing cached: the history is replayed and the entities are built as a whole. ${rounds} interleaved rounds.`,
      rows: [...rowsOf(samples, CACHED, notes), ...proved],
      targets,
    },
    samples,
    most,
  }
}

/** 1,000 tables, and, where `large` asks for it, 10,000 against them: linear is ten times as much. */
export async function generations(large: boolean, rounds: number, installed: Readonly<Record<string, string>>): Promise<readonly Result[]> {
  const small = await generation(1000, rounds, installed)
  if (!large) return [small.result]
  const big = await generation(10_000, 1, installed)
  const cpu = ({ samples }: Measured, name: string): number => median((samples[name] ?? []).map((sample) => sample.cpu))
  const targets = [CACHED, COLD].flatMap((name) => [
    atMost(`${name}: at most 12 × the client CPU of 1,000 tables (linear: 10)`, cpu(big, name) / cpu(small, name), 12),
    atMost(`${name}: at most 10 × the memory of 1,000 tables`, (big.most[name] ?? Number.NaN) / (small.most[name] ?? Number.NaN), 10),
  ])
  return [small.result, { ...big.result, targets: [...big.result.targets, ...targets] }]
}

const withoutText = ({ wall, cpu }: Sample): Sample => ({ wall, cpu })

/** Extraction and difference; 10,000 tables only where `large` asks for it, for they take minutes. */
export async function extractions(large: boolean, rounds: number): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const tables of [100, 1000, ...(large ? [10_000] : [])]) results.push(await extraction(tables, tables > 1000 ? 3 : rounds))
  await dropDatabase(NAMES.plain)
  return results
}
