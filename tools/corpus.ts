/*
 * Takes every SQLite, PostgreSQL, MySQL and MariaDB schema of real projects through the main job: load, pull, generate from the entities
 * alone into an empty database, pull again, compare. Writes the part of each server of which all schemas were run into docs/reference/coverage.md.
 *   YAMA_CORPUS_DIR=… pnpm corpus [part of a name] [sqlite|postgres|mysql]
 * With `cases` in front it runs pairs of schemas instead: those of other tools, and on MySQL, MariaDB and SQLite Yama's own.
 *   YAMA_CORPUS_DIR=… pnpm corpus cases [postgres …|mysql|sqlite]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { mysqlEngines, postgresEngines, sqliteEngine, type Engine } from '../test/corpus/databases.ts'
import { mysqlSets } from '../test/corpus/mysql-sets.ts'
import { postgresSets } from '../test/corpus/postgres-sets.ts'
import { roundTrip, type RoundTrip } from '../test/corpus/round-trip.ts'
import { sqliteSets } from '../test/corpus/sqlite-sets.ts'
import { consoleLine, enginePart, type EngineRun } from './corpus-report.ts'
import { serverName, summaryTable, writePart } from './coverage-parts.ts'

const root = process.env['YAMA_CORPUS_DIR']
if (root === undefined) {
  console.error('YAMA_CORPUS_DIR is not set: it names the directory with the schemas of real projects.')
  process.exit(1)
}
const words = process.argv.slice(2)
if (words[0] === 'cases') {
  await (words[1] === 'mysql' || words[1] === 'sqlite'
    ? import('./own-cases.ts')
    : import('../packages/postgres/test/programmes/difference-cases.ts'))
  process.exit()
}
const kind = words.find((word) => word === 'sqlite' || word === 'postgres' || word === 'mysql')
const part = words.find((word) => word !== kind)

const page = join(resolve(import.meta.dirname, '..'), 'docs/reference/coverage.md')
function writeRun(run: EngineRun): void {
  const { title } = run.engine
  const text = writePart(readFileSync(page, 'utf8'), `schemas: ${serverName(title)}`, enginePart(run, new Date()), 'Schemas, by server')
  writeFileSync(page, writePart(text, 'all servers', summaryTable(text), 'All servers'))
}

const setsOf = {
  sqlite: sqliteSets,
  postgres: postgresSets,
  mysql: (directory: string, { url = '' }: Engine) => mysqlSets(directory, url.startsWith('mariadb:') ? 'mariadb' : 'mysql'),
} as const
const engines = [sqliteEngine, ...(await postgresEngines()), ...(await mysqlEngines())].filter(
  (engine) => kind === undefined || engine.kind === kind,
)
const runs: EngineRun[] = []
for (const engine of engines) {
  console.log(`\n${engine.title}`)
  const sets = setsOf[engine.kind](root, engine).filter(({ name }) => part === undefined || name.includes(part))
  const trips: RoundTrip[] = []
  for (const set of sets) {
    const trip = await roundTrip(set, engine)
    trips.push(trip)
    console.log(consoleLine(trip))
    // After each schema, so that a run which is stopped leaves what it has.
    if (part === undefined) writeRun({ engine, trips, ...(trips.length < sets.length ? { of: sets.length } : {}) })
  }
  runs.push({ engine, trips })
}
const failed = runs.flatMap(({ trips }) => trips).filter(({ problems }) => problems.length > 0)
const total = runs.reduce((sum, { trips }) => sum + trips.length, 0)
console.log(`\n${total - failed.length} of ${total} equal`)
process.exitCode = failed.length === 0 ? 0 : 1
