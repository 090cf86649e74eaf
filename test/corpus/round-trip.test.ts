import { describe, expect, it } from 'vitest'
import type { CorpusSet } from './corpus-set.ts'
import { mysqlEngines, postgresEngines, sqliteEngine, type Engine } from './databases.ts'
import { mysqlSets } from './mysql-sets.ts'
import { postgresSets } from './postgres-sets.ts'
import { roundTrip } from './round-trip.ts'
import { sqliteSets } from './sqlite-sets.ts'

const root = process.env['YAMA_CORPUS_DIR']
const mysqlServers = root === undefined ? [] : await mysqlEngines()
const server = root === undefined ? undefined : (await postgresEngines())[0]
if (root === undefined) console.warn('test/corpus/round-trip.test.ts: skipped, YAMA_CORPUS_DIR is not set')
else if (server === undefined) console.warn('test/corpus/round-trip.test.ts: PostgreSQL skipped, no server answers')

/** One of each make, none of the largest; `pnpm corpus` takes all of them. */
const samples: readonly {
  readonly engine: Engine | undefined
  readonly title: string
  readonly sets: (root: string) => readonly CorpusSet[]
  readonly names: readonly string[]
}[] = [
  {
    engine: sqliteEngine,
    title: 'SQLite',
    sets: sqliteSets,
    names: ['chinook', 'sakila', 'homarr', 'pocket-id', 'conductor', 'memos-chain', 'temporal-visibility'],
  },
  {
    engine: server,
    title: 'PostgreSQL',
    sets: postgresSets,
    names: ['sakila', 'chinook Chinook_PostgreSql_SerialPKs.sql', 'umami', 'supabase-storage', 'temporal visibility'],
  },
  ...mysqlServers.map((engine) => ({
    engine,
    title: engine.title,
    sets: (directory: string) => mysqlSets(directory, engine.title.startsWith('MariaDB') ? 'mariadb' : 'mysql'),
    names: ['chinook', 'sakila', 'conductor', 'memos-chain', 'temporal', 'apollo-config'],
  })),
]

describe.each(samples)('pulled, generated from the entities alone and pulled again: $title', ({ engine, title, sets, names }) => {
  const why = root === undefined ? 'YAMA_CORPUS_DIR is not set' : engine === undefined ? 'no server answers' : undefined
  it.skipIf(why !== undefined)(why === undefined ? 'has somewhere to run' : `${title} (skipped: ${why})`, () => undefined)
  if (root === undefined || engine === undefined) return
  const chosen = sets(root).filter(({ name }) => names.includes(name))
  it('finds its sample', () => expect(chosen.map(({ name }) => name).toSorted()).toEqual(names.toSorted()))
  it.each(chosen.map((set) => [set.name, set] as const))('%s', async (_, set) => {
    const { problems, facts, unmanaged } = await roundTrip(set, engine)
    expect(problems).toEqual([])
    expect(facts).toBeGreaterThan(0)
    // Every object outside has a name and a reason: nothing is left out in silence.
    expect(unmanaged.filter(({ kind, name, reason }) => kind === '' || name === '' || reason === '')).toEqual([])
  })
})
