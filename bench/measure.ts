import { spawnSync } from 'node:child_process'

/** Seconds. */
export interface Sample {
  readonly wall: number
  /** User and system time of the client; the server's is not in it. */
  readonly cpu: number
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** One piece of work in this process. */
export async function inProcess(work: () => Promise<void> | void): Promise<Sample> {
  const before = process.cpuUsage()
  const start = performance.now()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 }
}

export interface Programme {
  readonly command: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Exit codes that are no failure; 0 where left out. */
  readonly codes?: readonly number[]
  /** After which it has failed. */
  readonly timeoutMs?: number
}

/** One run of a programme with its children, as the shell measures them. */
export function programme({ command, cwd, env, input, codes = [0], timeoutMs }: Programme): Sample & { readonly stdout: string } {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: 'SIGKILL' }),
  })
  const wall = (performance.now() - start) / 1000
  if (status === null || !codes.includes(status))
    throw new Error(`${command.join(' ')} ended with ${String(status)}: ${stderr.slice(-2000)}`)
  const [user = 0, system = 0] = (stderr.trimEnd().split('\n').at(-1) ?? '').split(' ').map(Number)
  return { wall, cpu: user + system, stdout }
}

/**
 * Runs the contestants in turn, and turns the order each round, so that nobody always runs on the warmest caches. Yama
 * comes first and must succeed; another one that fails is left out and said so.
 */
export async function interleaved(
  rounds: number,
  contestants: Readonly<Record<string, () => Promise<Sample> | Sample>>,
): Promise<Readonly<Record<string, readonly Sample[]>>> {
  const [own = '', ...others] = Object.keys(contestants)
  const names = [own, ...others]
  const samples: Record<string, Sample[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
      if (samples[name] === undefined) continue
      try {
        const { wall, cpu } = await (contestants[name] as () => Promise<Sample>)()
        samples[name].push({ wall, cpu })
      } catch (error) {
        if (name === own) throw error
        console.warn(`${name} failed and is left out: ${String(error)}`)
        delete samples[name]
      }
    }
  }
  return samples
}

/** The median over the rounds of one contestant's time divided by another's in the same round. */
export function ratio(samples: Readonly<Record<string, readonly Sample[]>>, one: string, other: string, what: keyof Sample): number {
  const others = samples[other] ?? []
  return median((samples[one] ?? []).map((sample, round) => sample[what] / (others[round]?.[what] ?? Number.NaN)))
}
