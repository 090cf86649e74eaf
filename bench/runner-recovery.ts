import { createYama, type Dialect } from '@yama/core'
import { faultDialect, memorySource, sqlMigration } from '@yama/testkit/faults'
import { dialectOf, dropDatabase, emptyDatabase, benchServers, products } from './databases.ts'
import { inProcess, median, type Sample } from './measure.ts'
import { atMost, type Result } from './result.ts'

const NAME = 'yama_bench_recovery'
const UP = { up: 'latest' } as const

/** A migration of so many statements that each commit by themselves, of which the server has seen half. */
function halfApplied(statements: number): ReturnType<typeof sqlMigration> {
  const up = Array.from({ length: statements }, (_, index) => `CREATE TABLE bench_half_${String(index)} (id int PRIMARY KEY, n int)`)
  return sqlMigration({ id: '001_half', up, transaction: 'none' })
}

/** The connection is gone from the statement in the middle on: what a run that was killed there leaves. */
async function dieHalfWay(dialect: Dialect, migration: ReturnType<typeof halfApplied>): Promise<void> {
  const texts = new Set(migration.up.flatMap((step) => (step.kind === 'sql' ? [step.text] : [])))
  let seen = 0
  const gone = faultDialect(dialect, texts, ({ kind, phase }) => {
    if (phase !== 'before') return
    if (kind === 'statement' || kind === 'alone') seen++
    if (seen > texts.size / 2) throw new Error('the process is dead')
  })
  await using yama = createYama({ dialect: gone, sources: [memorySource([migration])] })
  const plan = await yama.plan(UP)
  await yama.apply(plan).catch(() => undefined)
}

/** How long the plan of a recovery takes, against one look at all the tables that the migration made. */
export async function runnerRecovery(statements: number, rounds: number): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const { kind, url: server } of benchServers()) {
    const dialect = dialectOf(kind, await emptyDatabase(kind, server, NAME))
    const migration = halfApplied(statements)
    await dieHalfWay(dialect, migration)
    const { schema } = dialect.extensions
    if (schema === undefined) throw new Error('no schema dialect')
    const recoveries: Sample[] = []
    const looks: Sample[] = []
    for (let round = 0; round < rounds; round++) {
      await using yama = createYama({ dialect, sources: [memorySource([migration])] })
      await yama.server()
      let resumed = 0
      recoveries.push(await inProcess(async () => void (resumed = (await yama.plan(UP)).migrations[0]?.resume?.steps ?? 0)))
      if (resumed !== statements / 2) throw new Error(`the recovery goes on after ${String(resumed)} statements`)
      await using connection = await dialect.connect()
      looks.push(await inProcess(async () => void (await schema.extract(connection, { schemas: [], include: [], exclude: [] }))))
    }
    await dropDatabase(kind, server, NAME)
    const [recovery, look] = [recoveries, looks].map((samples) => ({
      wall: median(samples.map(({ wall }) => wall)),
      cpu: median(samples.map(({ cpu }) => cpu)),
    })) as [Sample, Sample]
    results.push({
      title: `Recovery of a migration of ${statements.toLocaleString('en')} statements that stopped half-way, ${products[kind]}`,
      about: `The plan of the next run: it reads the journal and looks at the objects of the statement that was under way, where its end is not in one transaction with it. Against one introspection of the ${String(statements / 2)} tables that are there. Medians of ${String(rounds)}.`,
      rows: [
        { name: 'plan of the recovery', ...recovery },
        { name: 'one introspection of the tables', ...look },
      ],
      targets: [atMost('not longer than one introspection of the touched objects (wall)', recovery.wall / look.wall, 1)],
    })
  }
  return results
}
