/*
 * Time of extraction against pg_dump --schema-only on the same database, alternately; medians.
 *   node --conditions=yama-source --import tsx bench/extract-postgres.ts [tables] [runs]
 * Needs a PostgreSQL server at YAMA_BENCH_POSTGRES_URL (default postgres://postgres@127.0.0.1:5432/postgres) and pg_dump.
 */
import { execFileSync } from 'node:child_process'
import { postgres } from '@yama/postgres'
import { difference } from '@yama/schema'

const [tables = 1000, runs = 7] = process.argv.slice(2).map(Number)
const server = process.env['YAMA_BENCH_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const database = `yama_bench_extract_${String(process.pid)}`
const url = server.replace(/\/[^/]*$/, `/${database}`)
const everything = { schemas: [], include: [], exclude: [] } as const

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const timed = async (work: () => unknown): Promise<number> => {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function table(index: number): string {
  const parent = index === 0 ? '' : `, FOREIGN KEY (parent_id) REFERENCES t${String(index - 1)} (id)`
  return `CREATE TABLE t${String(index)} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id bigint, name varchar(120) NOT NULL, email text,
    state text NOT NULL DEFAULT 'new', amount numeric(10,2) DEFAULT 0, active boolean NOT NULL DEFAULT true, data jsonb NOT NULL DEFAULT '{}',
    tags text[], created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz, note text, CHECK (amount >= 0)${parent});
    CREATE INDEX ON t${String(index)} (name, created_at DESC); CREATE INDEX ON t${String(index)} (lower(email)) WHERE active;`
}

const admin = await postgres({ url: server }).connect()
await admin.execute(`CREATE DATABASE ${database} TEMPLATE template0`)
try {
  const dialect = postgres({ url })
  const connection = await dialect.connect()
  const schema = dialect.extensions.schema
  if (schema === undefined) process.exit(1)
  for (let from = 0; from < tables; from += 100) {
    const chunk = Array.from({ length: Math.min(100, tables - from) }, (_, index) => table(from + index))
    await connection.batch([{ sql: chunk.join('\n') }], { transaction: true })
  }
  await connection.execute('VACUUM ANALYZE')
  const [extracts, dumps] = [[] as number[], [] as number[]]
  let base = await schema.extract(connection, everything)
  for (let run = 0; run < runs; run++) {
    dumps.push(await timed(() => execFileSync('pg_dump', ['--schema-only', url], { maxBuffer: 1 << 29 })))
    extracts.push(await timed(async () => (base = await schema.extract(connection, everything))))
  }
  const again = await schema.extract(connection, everything)
  const noop = median(await Promise.all(Array.from({ length: 5 }, () => timed(() => difference(base, again)))))
  console.log(
    `${String(tables)} tables, ${String(base.facts.size)} facts: extract ${median(extracts).toFixed(0)} ms, pg_dump --schema-only ${median(dumps).toFixed(0)} ms, ratio ${(median(extracts) / median(dumps)).toFixed(2)}, no-op difference ${noop.toFixed(1)} ms, heap ${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(0)} MB`,
  )
  await connection[Symbol.asyncDispose]()
} finally {
  await admin.execute(`DROP DATABASE ${database} WITH (FORCE)`)
  await admin[Symbol.asyncDispose]()
}
