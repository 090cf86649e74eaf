/*
 * Ports every schema of real projects to every other database: pull, port with the first answers, generate, apply, generate again.
 * Writes docs/reference/porting.md after a run without words.
 *   YAMA_CORPUS_DIR=… pnpm corpus:port [from=postgres] [to=sqlite] [part of a name] [apps]
 * `apps` leaves out the older states of schemas that are there several times, and the excerpts of other tools' tests.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DatabaseKind } from '@yama/core'
import type { CorpusSet } from '../test/corpus/corpus-set.ts'
import { mysqlEngines, postgresEngines, sqliteEngine, type Engine } from '../test/corpus/databases.ts'
import { mysqlSets } from '../test/corpus/mysql-sets.ts'
import { portSet, type PortTrip } from '../test/corpus/port-set.ts'
import { postgresSets } from '../test/corpus/postgres-sets.ts'
import { sqliteSets } from '../test/corpus/sqlite-sets.ts'
import { portLine, portPage } from './port-report.ts'

const root = process.env['YAMA_CORPUS_DIR']
if (root === undefined) {
  console.error('YAMA_CORPUS_DIR is not set: it names the directory with the schemas of real projects.')
  process.exit(1)
}
const words = process.argv.slice(2)
const valueOf = (key: string): string | undefined => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1)
const apps = words.includes('apps')
const part = words.find((word) => !word.includes('=') && word !== 'apps')
const kindOf = ({ kind, url = '' }: Engine): DatabaseKind => (kind === 'mysql' && url.startsWith('mariadb:') ? 'mariadb' : kind)
const setsOf: Readonly<Record<DatabaseKind, (directory: string) => readonly CorpusSet[]>> = {
  sqlite: sqliteSets,
  postgres: postgresSets,
  mysql: (directory) => mysqlSets(directory, 'mysql'),
  mariadb: (directory) => mysqlSets(directory, 'mariadb'),
}
const [newest] = await postgresEngines()
const engines = [...(newest === undefined ? [] : [newest]), sqliteEngine, ...(await mysqlEngines())]
const page = join(resolve(import.meta.dirname, '..'), 'docs/reference/porting.md')
const kept = valueOf('keep')
const trips: PortTrip[] = kept === undefined ? [] : (JSON.parse(readFileSync(kept, 'utf8')) as PortTrip[])
const known = new Set(trips.map(({ set, from, to }) => `${from} ${to} ${set}`))

for (const engine of engines.filter((each) => (valueOf('from') ?? kindOf(each)) === kindOf(each))) {
  const from = kindOf(engine)
  const sets = setsOf[from](root).filter(
    ({ name }) => (part === undefined || name.includes(part)) && !(apps && /^history-|^skeema /.test(name)),
  )
  for (const set of sets) {
    const targets = engines.filter(
      (each) =>
        kindOf(each) !== from && (valueOf('to') ?? kindOf(each)) === kindOf(each) && !known.has(`${from} ${kindOf(each)} ${set.name}`),
    )
    if (targets.length === 0) continue
    for (const trip of await attempt(set, engine, targets)) {
      trips.push(trip)
      console.log(portLine(trip))
    }
    if (kept !== undefined) writeFileSync(kept, JSON.stringify(trips))
  }
}

/** A set that this server does not load is no port that failed. */
async function attempt(set: CorpusSet, engine: Engine, targets: readonly Engine[]): Promise<readonly PortTrip[]> {
  try {
    return await portSet(set, engine, targets)
  } catch (error) {
    console.log(`not loaded: ${set.name}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`)
    return []
  }
}

if (part === undefined && valueOf('from') === undefined && valueOf('to') === undefined)
  writeFileSync(page, portPage(trips, new Date(), apps ? '`pnpm corpus:port apps`' : '`pnpm corpus:port`'))
const failed = trips.filter(({ problems }) => problems.length > 0)
console.log(`\n${trips.length - failed.length} of ${trips.length} run on the other database`)
process.exitCode = failed.length === 0 ? 0 : 1
