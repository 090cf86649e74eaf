import fc from 'fast-check'
import type { Arena } from './arena.ts'
import { killAndRecover, reference, type Reference } from './kill-and-recover.ts'
import type { Kill } from './kill.ts'

export interface KillTally {
  kills: number
  /** How many of them killed a server. */
  servers: number
  /** How many runs were over before the knife came. */
  survived: number
  readonly failures: string[]
}

interface Drawn {
  readonly kills: readonly Kill[]
  readonly server: boolean
}

/** One kill, or a second one of the run that recovers. */
const drawn = (exchanges: number, servers: boolean): fc.Arbitrary<Drawn> =>
  fc.record({
    kills: fc.array(
      fc.record({
        exchange: fc.nat(exchanges - 1),
        phase: fc.constantFrom('before' as const, 'during' as const, 'after' as const),
        delayMs: fc.constantFrom(0, 0, 1, 2, 5),
        // Most kills cut the connections, which costs no process; a file knows only processes.
        how: fc.constantFrom('process' as const, 'cut' as const, 'cut' as const, 'cut' as const, 'sessions' as const),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    server: servers ? fc.integer({ min: 0, max: 19 }).map((n) => n === 0) : fc.constant(false),
  })

/** Kills runs at random points, one seed for each, and recovers from every one of them. */
export async function randomKills(
  arena: Arena,
  { first, count, told }: { readonly first: number; readonly count: number; readonly told?: (done: number, tally: KillTally) => void },
): Promise<KillTally> {
  const expected: Reference = await reference(arena)
  const tally: KillTally = { kills: 0, servers: 0, survived: 0, failures: [] }
  for (let index = 0; index < count; index++) {
    const seed = first + index
    const [wanted] = fc.sample(drawn(expected.points.length, arena.server !== undefined), { seed, numRuns: 1 })
    if (wanted === undefined) continue
    // A server is killed once; its restart takes longer than everything else.
    const kills = wanted.server ? wanted.kills.slice(0, 1).map((kill): Kill => ({ ...kill, how: 'server' })) : wanted.kills
    const { killed, wrong } = await killAndRecover(arena, expected.observed, kills)
    tally.kills += kills.length
    if (wanted.server) tally.servers++
    if (killed.signal === null && killed.code === undefined) tally.survived++
    if (wrong.length > 0) tally.failures.push(`seed ${seed}: ${JSON.stringify(wanted)}: ${wrong.join('; ')}`)
    told?.(index + 1, tally)
  }
  return tally
}
