import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Dialect } from '@yama/core'
import { detectDrift } from '@yama/drift'
import { postgres } from '@yama/postgres'
import { encodeFacts, decodeFacts } from '@yama/schema'
import { sqlite } from '@yama/sqlite'
import { inProcess, interleaved, median, programme, ratio, type Sample } from './measure.ts'
import { yamaBin } from './peers.ts'
import { dropDatabase, freshDatabase } from './postgres-server.ts'
import { atMost, rowsOf, type Result, type Row, type Target } from './result.ts'
import { teamsRepository } from './teams-repository.ts'

const TABLES = 200
const BRANCHES = 20
const STATEMENTS = 20_000

/** `yama check` in a pull request: what is open beside it, and the first time nothing is known. */
function checks(rounds: number): Result {
  const directory = teamsRepository(TABLES, BRANCHES)
  const command = ['node', yamaBin, 'check', '--base', 'main', '--with-branches', 'feature-*', '--non-interactive']
  const check = (): Sample => programme({ command, cwd: directory })
  const samples: Record<string, Sample[]> = { 'with a cache': [], 'without a cache': [] }
  for (let round = 0; round < rounds; round++) {
    rmSync(join(directory, '.yama'), { recursive: true, force: true })
    samples['without a cache']!.push(check())
    samples['with a cache']!.push(check())
  }
  rmSync(directory, { recursive: true })
  const cpu = (name: string): number => median((samples[name] ?? []).map((sample) => sample.cpu))
  return {
    title: '`yama check` beside 20 open branches',
    about: `${TABLES * 5} migrations and ${TABLES} entities on SQLite, a branch with one change, checked against its base and ${BRANCHES} other branches, entities included. ${rounds} rounds; the cache is \`.yama\`.`,
    rows: rowsOf(samples, 'with a cache'),
    targets: [
      atMost('cached, client CPU at most 5 s', cpu('with a cache'), 5),
      atMost('nothing known, client CPU at most 15 s', cpu('without a cache'), 15),
    ],
  }
}

const statement = (at: number): string =>
  [
    `CREATE TABLE t_${at} (id int PRIMARY KEY, parent_id int REFERENCES t_${at + 1} (id), name varchar(50) NOT NULL DEFAULT 'x')`,
    `ALTER TABLE t_${at} ADD COLUMN extra int`,
    `CREATE INDEX t_${at}_name ON t_${at} (name)`,
    `UPDATE t_${at} SET name = 'y' WHERE id = ${at}`,
    `INSERT INTO t_${at} (id, name) VALUES (${at}, 'z')`,
  ][at % 5] ?? ''

/** What statements read and write; none is asked for twice, so that nothing is remembered. */
async function effects(rounds: number): Promise<Result> {
  const dialects: Readonly<Record<string, Dialect>> = {
    'PostgreSQL, its own parser': postgres({ url: 'postgres://localhost/none' }),
    'SQLite, by words': sqlite({ url: 'sqlite::memory:' }),
  }
  const rows: Row[] = []
  const targets: Target[] = []
  for (const [name, dialect] of Object.entries(dialects)) {
    const judge = await dialect.commutativity?.()
    const samples: Sample[] = []
    for (let round = 0; round < rounds; round++) {
      const texts = Array.from({ length: STATEMENTS }, (_, at) => `${statement(at)} -- ${round}`)
      samples.push(await inProcess(async () => void (await judge?.effectsOf(texts))))
    }
    const [wall, cpu] = [median(samples.map((sample) => sample.wall)), median(samples.map((sample) => sample.cpu))]
    const perSecond = Math.round(STATEMENTS / cpu)
    rows.push({ name, wall, cpu, note: `${perSecond} statements per second of CPU` })
    targets.push({ text: `${name}: at least 10,000 statements per second of CPU`, found: String(perSecond), met: perSecond >= 10_000 })
  }
  return { title: 'Effects of statements', about: `${STATEMENTS} different statements of five kinds, ${rounds} rounds.`, rows, targets }
}

const everything = { schemas: [], include: [], exclude: [] } as const

/** Drift against one introspection: what comparing with the stored facts adds to reading the catalogue. */
async function drift(tables: number, rounds: number): Promise<Result> {
  const name = 'yama_bench_drift'
  const dialect = postgres({ url: await freshDatabase(name) })
  const schema = dialect.extensions.schema
  if (schema === undefined) throw new Error('the dialect has no schema part')
  const samples = await (async () => {
    await using connection = await dialect.connect()
    for (let at = 0; at < tables; at++)
      await connection.execute(
        `CREATE TABLE t${at} (id bigint PRIMARY KEY, name varchar(120) NOT NULL, email text, state text NOT NULL DEFAULT 'new', amount numeric(10,2) CHECK (amount >= 0)); CREATE INDEX ON t${at} (name)`,
      )
    const stored = encodeFacts(await schema.extract(connection, everything))
    await connection.execute('ALTER TABLE t7 ADD COLUMN by_hand int')
    return await interleaved(rounds, {
      drift: () =>
        inProcess(async () => {
          const live = await schema.extract(connection, everything)
          const { objects } = detectDrift({ history: decodeFacts(stored), live }, [], '2026-01-01')
          if (objects.length !== 1) throw new Error(`${objects.length} objects were found instead of one`)
        }),
      'one introspection': () => inProcess(async () => void (await schema.extract(connection, everything))),
    })
  })()
  await dropDatabase(name)
  return {
    title: `Drift of ${tables} tables`,
    about: `PostgreSQL; the stored facts are read, the database is read and both are compared, against reading the database alone. ${rounds} interleaved rounds.`,
    rows: rowsOf(samples, 'drift'),
    targets: [atMost('at most 1.2 × one introspection (wall)', ratio(samples, 'drift', 'one introspection', 'wall'), 1.2)],
  }
}

/** What ten developers on ten branches wait for. */
export async function teams(rounds: number): Promise<readonly Result[]> {
  return [checks(Math.max(3, rounds - 2)), await effects(rounds), await drift(1000, rounds)]
}
