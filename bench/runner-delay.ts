import { behindDelay } from './behind-delay.ts'
import { dialectOf, dropDatabase, emptyDatabase, benchServers, products } from './databases.ts'
import { inProcess, interleaved, ratio, type Sample } from './measure.ts'
import { atMost, rowsOf, type Result } from './result.ts'
import { applySmall, smallMigrations } from './small-migrations.ts'

const NAME = 'yama_bench_delay'
const DELAY_MS = 20

/** 1,000 migrations over a connection whose round trip takes 20 ms longer, against the same without it. */
export async function runnerDelay(count: number, rounds: number): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const { kind, url: server } of benchServers()) {
    // What MySQL and MariaDB can put in a transaction are rows.
    const migrations = smallMigrations(kind === 'postgres' ? 'tables' : 'rows', count)
    using delayed = await behindDelay(server, DELAY_MS)
    const run = async (through: string): Promise<Sample> => {
      const { pathname } = new URL(await emptyDatabase(kind, server, NAME))
      const url = Object.assign(new URL(through), { pathname }).href
      return await inProcess(() => applySmall(dialectOf(kind, url), migrations))
    }
    const [slow, local] = [`${String(DELAY_MS)} ms more`, 'local'] as const
    const samples = await interleaved(rounds, { [slow]: () => run(delayed.url), [local]: () => run(server) })
    await dropDatabase(kind, server, NAME)
    results.push({
      title: `${count.toLocaleString('en')} transactional migrations over a connection with ${String(DELAY_MS)} ms delay, ${products[kind]}`,
      about: `A proxy in front of the same server adds ${String(DELAY_MS)} ms to each round trip, half on either way. ${kind === 'postgres' ? 'A table with 8 columns and an index each' : 'An insert and an update each'}, a transaction each. ${String(rounds)} interleaved rounds.`,
      rows: rowsOf(samples, slow),
      targets: [atMost('at most 1.5 × the local time (wall)', ratio(samples, slow, local, 'wall'), 1.5)],
    })
  }
  return results
}
