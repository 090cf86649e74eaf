/*
 * Random edits by hand: one to four at a time in a live database, each on a table of its own. All are found and named, the migration that
 * adopts them makes a twin equal, and the repair takes both back to what they were.
 * With `--each N` as many rounds as it takes until there were N edits of each kind, those that are rarest first.
 * `pnpm soak:drift [--rounds N | --each N] [--seed N] [--only sqlite|postgres|mariadb|mysql]`. A failure prints its seed.
 */
import { parseArgs } from 'node:util'
import type { Connection, Dialect } from '@yama/core'
import { detectDrift, planAdoption, planRepair, runRepair } from '@yama/drift'
import { mariadb, mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import { difference, type FactBase, type SchemaDialect } from '@yama/schema'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { editedSchema, editsOf, TABLES, type EditedKind } from '../test/drift/random-edits.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '80' }, each: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
})
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const scope = { schemas: [], include: [], exclude: [] }

interface Place {
  readonly key: string
  readonly name: string
  readonly kind: EditedKind
  readonly dialect: Dialect
  readonly allowUrl?: string
}

const servers = (await postgresTargets()).filter(({ driver }) => driver === 'pg').sort((a, b) => (b.major ?? 0) - (a.major ?? 0))
const places: readonly Place[] = [
  { key: 'sqlite', name: 'SQLite', kind: 'sqlite', dialect: sqlite({ url: 'sqlite::memory:' }) },
  ...servers
    .slice(0, 1)
    .map(({ name, url }): Place => ({ key: 'postgres', name, kind: 'postgres', dialect: postgres({ url }), allowUrl: url })),
  ...(await mysqlTargets()).map(({ name, url }): Place => {
    const key = url.startsWith('mariadb:') ? 'mariadb' : 'mysql'
    return { key, name, kind: 'mysql', dialect: (key === 'mariadb' ? mariadb : mysql)({ url }), allowUrl: url }
  }),
]

/** Numbers from 0 to 1 that a seed decides: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Bench {
  readonly connection: Connection
  readonly twin: Connection
  readonly schema: SchemaDialect
  readonly base: FactBase
}

/** What was wrong, or undefined. */
async function round(
  { kind, dialect }: Place,
  { connection, twin, schema, base }: Bench,
  seed: number,
  seen: Map<string, number>,
): Promise<string | undefined> {
  const random = randomFrom(seed)
  const kinds = Object.keys(editsOf[kind])
  const tables = Array.from({ length: TABLES }, (_, at) => at).sort(() => random() - 0.5)
  const rarest = kinds.map((name) => ({ name, rank: (seen.get(name) ?? 0) + random() })).sort((one, other) => one.rank - other.rank)
  const some = tables.slice(0, values.each === undefined ? 1 + Math.floor(random() * 4) : TABLES)
  const chosen = some.map((at, index) => ({
    at,
    name: (values.each === undefined ? kinds[Math.floor(random() * kinds.length)] : rarest[index % rarest.length]?.name) ?? '',
  }))
  const edits = chosen.flatMap(({ at, name }) => editsOf[kind][name]?.(at, kind) ?? [])
  for (const sql of edits.flatMap((edit) => edit.sql)) await connection.execute(sql)
  for (const { name } of chosen) seen.set(name, (seen.get(name) ?? 0) + 1)
  const live = await schema.extract(connection, scope)
  const { objects } = detectDrift({ history: base, live }, [], '2026-01-01')
  const signs = { added: '+', removed: '-', changed: '~' }
  const found = objects.map(({ object, origin }) => `${signs[origin]} ${object.replace('public.', '')}`).toSorted()
  const wanted = edits.flatMap((edit) => edit.found).toSorted()
  const names = chosen.map(({ at, name }) => `${name} ${at}`).join(', ')
  if (found.join() !== wanted.join()) return `${names}: found ${found.join(', ')} instead of ${wanted.join(', ')}`
  const { up } = planAdoption({ history: base, live }, objects, schema)
  await runRepair(up.actions, twin, dialect)
  const adopted = await schema.extract(twin, scope)
  if (difference(live, adopted).length > 0) return `${names}: the twin differs at ${difference(live, adopted)[0]?.id ?? ''}`
  for (const each of [connection, twin]) {
    const plan = planRepair({ history: base, live: each === twin ? adopted : live }, objects, schema, '')
    await runRepair(plan.actions, each, dialect)
    const left = difference(base, await schema.extract(each, scope))
    if (left.length > 0) return `${names}: not repaired at ${left[0]?.id ?? ''}`
  }
  return undefined
}

let failures = 0
const isDone = (kind: EditedKind, index: number, seen: ReadonlyMap<string, number>): boolean =>
  values.each === undefined
    ? index >= Number(values.rounds)
    : Object.keys(editsOf[kind]).every((name) => (seen.get(name) ?? 0) >= Number(values.each))
for (const place of places.filter(({ key }) => values.only === undefined || key === values.only)) {
  const schema = place.dialect.extensions.schema
  if (schema === undefined) throw new Error('the dialect has no schema part')
  const open = async (): Promise<Awaited<ReturnType<SchemaDialect['scratch']>>> => {
    const scratch = await schema.scratch({ setup: [], ...(place.allowUrl === undefined ? {} : { allowUrl: place.allowUrl }) })
    for (const sql of editedSchema(place.kind)) await scratch.connection.execute(sql)
    return scratch
  }
  const seen = new Map<string, number>()
  let failed = 0
  let index = 0
  while (!isDone(place.kind, index, seen) && failed < 5) {
    await using one = await open()
    await using other = await open()
    const bench = { connection: one.connection, twin: other.connection, schema, base: await schema.extract(one.connection, scope) }
    for (; !isDone(place.kind, index, seen); index += 1) {
      const seed = first + index
      const wrong = await round(place, bench, seed, seen).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      )
      if (wrong === undefined) continue
      failed += 1
      console.log(`WRONG ${place.name}, seed ${seed}: ${wrong}`)
      // The next one starts from databases of its own.
      index += 1
      break
    }
  }
  failures += failed
  const edits = [...seen.values()].reduce((sum, count) => sum + count, 0)
  console.log(
    `${place.name}: ${index} rounds, ${edits} edits of ${seen.size} kinds, ${Math.min(...seen.values())} or more of each, ${failed} failed, from seed ${first}`,
  )
}
process.exitCode = failures === 0 ? 0 : 1
