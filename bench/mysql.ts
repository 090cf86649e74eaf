import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { difference, stateHash } from '@yama/schema'
import { drizzleGenerate, linkModules, writeDrizzle } from './drizzle-schema.ts'
import { inProcess, interleaved, median, programme, ratio, type Sample } from './measure.ts'
import { yamaProgramme } from './peers.ts'
import { atMost, rowsOf, type Result } from './result.ts'
import { servers } from './servers.ts'

type Kind = 'mariadb' | 'mysql'

const NAME = 'yama_bench'
const DRIZZLE = 'drizzle-kit generate, files with files'
const everything = { schemas: [], include: [], exclude: [] } as const
const openers: Readonly<Record<Kind, (options: { readonly url: string }) => Dialect>> = { mariadb, mysql }
const products: Readonly<Record<Kind, string>> = { mariadb: 'MariaDB', mysql: 'MySQL' }

function table(index: number): string {
  const parent = index === 0 ? '' : `, CONSTRAINT t${index}_parent FOREIGN KEY (parent_id) REFERENCES t${index - 1} (id)`
  return `CREATE TABLE t${index} (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, parent_id bigint unsigned, name varchar(120) NOT NULL, email varchar(200),
    state enum('new', 'done') NOT NULL DEFAULT 'new', amount decimal(10,2) DEFAULT 0, active tinyint(1) NOT NULL DEFAULT 1, data json,
    tags text, created_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at datetime, note text, CONSTRAINT t${index}_amount CHECK (amount >= 0),
    KEY t${index}_name (name, created_at), KEY t${index}_email (email)${parent})`
}
const isEdited = (index: number): boolean => index % 20 === 3

function databaseUrl(server: string): string {
  const url = new URL(server)
  url.pathname = `/${NAME}`
  return url.href
}

async function administer(kind: Kind, server: string, ...statements: readonly string[]): Promise<void> {
  await using connection = await openers[kind]({ url: server }).connect()
  for (const sql of statements) await connection.execute(sql)
}

async function fill(kind: Kind, server: string, tables: number): Promise<string> {
  await administer(kind, server, `DROP DATABASE IF EXISTS ${NAME}`, `CREATE DATABASE ${NAME}`)
  const url = databaseUrl(server)
  await using connection = await openers[kind]({ url }).connect()
  for (let index = 0; index < tables; index++) await connection.execute(table(index))
  return url
}

function dump(url: string): Sample {
  const { hostname, port, username, password } = new URL(url)
  return programme({
    command: [
      'mariadb-dump',
      '--no-data',
      '--protocol=tcp',
      `--host=${hostname}`,
      `--port=${port || '3306'}`,
      `--user=${username}`,
      `--result-file=/dev/null`,
      NAME,
    ],
    env: { MYSQL_PWD: decodeURIComponent(password) },
  })
}

async function extraction(kind: Kind, url: string, tables: number, rounds: number): Promise<Result> {
  const dialect = openers[kind]({ url })
  await using connection = await dialect.connect()
  const { schema } = dialect.extensions
  if (schema === undefined) throw new Error('no schema dialect')
  let base = await schema.extract(connection, everything)
  const samples = await interleaved(rounds, {
    'Yama, extraction': () => inProcess(async () => void (base = await schema.extract(connection, everything))),
    'mariadb-dump --no-data': () => dump(url),
  })
  const differences: number[] = []
  const hashed: number[] = []
  for (let run = 0; run < 5; run++) {
    const [one, other] = [await schema.extract(connection, everything), await schema.extract(connection, everything)]
    hashed.push((await inProcess(() => void (stateHash(one) === stateHash(other) && difference(one, other)))).cpu * 1000)
    differences.push((await inProcess(() => void difference(one, other))).cpu * 1000)
  }
  const found = ratio(samples, 'Yama, extraction', 'mariadb-dump --no-data', 'wall')
  return {
    title: `Extraction and difference, ${tables.toLocaleString('en')} ${products[kind]} tables`,
    about: `${base.facts.size.toLocaleString('en')} facts on ${connection.server.product}: 12 columns, keys, a check, two indexes each. ${rounds} interleaved rounds.`,
    rows: [
      ...rowsOf(samples, 'Yama, extraction'),
      { name: 'no-op difference', cpu: median(differences) / 1000 },
      { name: 'no-op difference with both state hashes', cpu: median(hashed) / 1000 },
    ],
    targets: [
      ...(Number.isNaN(found) ? [] : [atMost('extraction at most the time of `mariadb-dump --no-data` (wall)', found, 1)]),
      atMost('no-op difference under 50 ms of CPU per 1,000 tables', (median(differences) * 1000) / tables, 50, 1),
      atMost('the same with both hashes under 50 ms of CPU per 1,000 tables', (median(hashed) * 1000) / tables, 50, 1),
    ],
  }
}

const config = (kind: Kind): string =>
  `import { defineConfig } from '@yama/cli'\nexport default defineConfig({ dialect: '${kind}', environments: { dev: { url: 'env:DATABASE_URL', scratch: { allow: true } } } })\n`

/** drizzle-kit is the one peer that can be had for these servers; it compares files with files. */
async function generation(kind: Kind, url: string, tables: number, rounds: number): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-bench-'))
  writeFileSync(join(directory, 'yama.config.ts'), config(kind))
  const yama = (...words: readonly string[]): Sample => {
    const given = yamaProgramme(words, directory, url)
    return programme({ ...given, env: { ...given.env, CI: '' } })
  }
  yama('pull')
  yama('generate', 'start', '--no-prove')
  yama('generate', 'nothing', '--no-prove')
  const cache = join(directory, '.yama', 'cache')
  const save = join(directory, 'kept')
  cpSync(cache, save, { recursive: true, preserveTimestamps: true })
  const files = readdirSync(join(directory, 'schema')).filter((file) => isEdited(Number(/\d+/.exec(file)?.[0])))
  for (const file of files) {
    const path = join(directory, 'schema', file)
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/^( +)name: .*\n/m, (line, indent: string) => `${line}${indent}phone: string(40)? indexed\n`),
    )
  }
  const peer = join(directory, 'drizzle')
  writeDrizzle(peer, tables, () => false)
  linkModules(peer)
  programme(drizzleGenerate(peer))
  writeDrizzle(peer, tables, isEdited)
  const written = join(directory, 'drizzle-written')
  cpSync(join(peer, 'out'), written, { recursive: true })
  const samples = await interleaved(rounds, {
    'yama generate, history cached': () => {
      rmSync(cache, { recursive: true })
      cpSync(save, cache, { recursive: true, preserveTimestamps: true })
      return yama('generate', 'change', '--preview', '--no-prove')
    },
    'yama generate, nothing cached': () => {
      rmSync(cache, { recursive: true, force: true })
      return yama('generate', 'change', '--preview', '--no-prove')
    },
    [DRIZZLE]: () => {
      rmSync(join(peer, 'out'), { recursive: true })
      cpSync(written, join(peer, 'out'), { recursive: true })
      return programme(drizzleGenerate(peer))
    },
    'mariadb-dump --no-data': () => dump(url),
  })
  const found = ratio(samples, 'yama generate, history cached', DRIZZLE, 'wall')
  rmSync(directory, { recursive: true })
  return {
    title: `\`yama generate\`, ${tables.toLocaleString('en')} ${products[kind]} tables, 5 % of them changed`,
    about: `${files.length} tables with a new column and index. What the entities state, or what of it is new since the last time, is made in a throw-away database of the server; drizzle-kit compares its files with what it wrote the last time and asks no server. Nothing cached: the history is replayed and the entities are built as a whole. ${rounds} interleaved rounds.`,
    rows: rowsOf(samples, 'yama generate, history cached'),
    targets: Number.isNaN(found) ? [] : [atMost('history cached: a third of the time of drizzle-kit (wall)', found, 1 / 3)],
  }
}

/** Extraction and generate on the servers that are there. */
export async function mysqlAndMariadb(rounds: number): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const kind of ['mariadb', 'mysql'] as const) {
    const server = servers[kind]?.url
    if (server === undefined) continue
    const url = await fill(kind, server, 1000)
    results.push(await extraction(kind, url, 1000, rounds), await generation(kind, url, 1000, Math.min(3, rounds)))
    await administer(kind, server, `DROP DATABASE ${NAME}`)
  }
  return results
}
