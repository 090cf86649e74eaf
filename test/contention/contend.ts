import { setTimeout as sleep } from 'node:timers/promises'
import { createYama, verifyChain, type DatabaseKind, type Dialect } from '@yama/core'
import { project, type Project, type Ran } from '../e2e/project.ts'

export interface Contention {
  readonly kind: DatabaseKind
  /** What DATABASE_URL of the runners is. */
  readonly url: string
  /** Looks at the result, past a pooler where there is one. */
  readonly dialect: (directory: string) => Dialect
  readonly runners: number
  readonly migrations: number
  /** How many holders of the lock are killed with SIGKILL, one after the other. */
  readonly kills: number
  /** Whether a migration may hold what no transaction and no pooler takes. */
  readonly alone: boolean
  readonly seed: number
}

export interface ContentionResult {
  /** Exit codes of the runners that were not killed. */
  readonly codes: readonly (number | string)[]
  readonly killed: number
  /** What the runners said that did not end well. */
  readonly failures: readonly string[]
  /** How often each migration took effect, by the rows it wrote. */
  readonly effects: Readonly<Record<string, number>>
  /** How often each was recorded as done. */
  readonly recorded: Readonly<Record<string, number>>
  readonly chainHolds: boolean
  readonly pending: number
  readonly takeovers: number
  readonly seconds: number
}

const pad = (index: number): string => String(index).padStart(3, '0')
const nameOf = (index: number): string => `${pad(index)}_step`

/** Tables with a row each, so that what ran twice is seen; one index that is built outside a transaction, where there is such a thing. */
function files({ migrations, kind, alone }: Contention): Readonly<Record<string, string>> {
  const made: Record<string, string> = { 'migrations/000_effects.sql': 'CREATE TABLE effects (name varchar(64) NOT NULL);\n' }
  for (let index = 1; index < migrations; index++) {
    const concurrent = alone && kind === 'postgres' && index === Math.floor(migrations / 2)
    made[`migrations/${nameOf(index)}.sql`] = concurrent
      ? `CREATE INDEX CONCURRENTLY IF NOT EXISTS effects_name ON effects (name);\n`
      : `CREATE TABLE t${pad(index)} (id integer PRIMARY KEY);\nINSERT INTO effects (name) VALUES ('${nameOf(index)}');\n`
  }
  return made
}

/** Of a holder that is killed, after it was seen, in ms. */
const LONGEST_LIFE_MS = 150

/** Random numbers that a seed repeats (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Starts so many processes of the built command at once on an empty database and looks at what came of it. With kills, whoever
 * holds the lock is killed, so many times; when all have ended one more run finishes what the last one left.
 */
export async function contend(contention: Contention): Promise<ContentionResult> {
  using made = project(files(contention))
  const started = performance.now()
  const running = new Map<string, () => void>()
  const killing = killHolders(made, contention, running)
  const ran = await Promise.all(Array.from({ length: contention.runners }, () => runner(made, contention, running)))
  killing.stop()
  await killing.done
  const spared = ran.filter(({ code }) => code !== 'SIGKILL')
  const last = contention.kills > 0 ? [await runner(made, contention, new Map())] : []
  const result = await look(made, contention)
  const ended = [...spared, ...last]
  return {
    ...result,
    codes: ended.map(({ code }) => code),
    killed: ran.length - spared.length,
    failures: ended.filter(({ code }) => code !== 0).map(({ output }) => output.slice(0, 2000)),
    seconds: Math.round((performance.now() - started) / 100) / 10,
  }
}

/** A process of the command; while it runs, what kills it stands in `running` under its pid. */
async function runner(made: Project, { url }: Contention, running: Map<string, () => void>): Promise<Ran> {
  let own = ''
  const ended = made.yama('up --lock-wait forever --quiet', {
    env: { DATABASE_URL: url },
    started: (kill, _, pid) => {
      own = String(pid)
      running.set(own, () => kill('SIGKILL'))
    },
  })
  return await ended.finally(() => running.delete(own))
}

/** Looks who holds the lock, and kills it after a moment that the seed chooses: so many of them, one after the other. */
function killHolders(
  made: Project,
  { dialect: dialectOf, kills, seed }: Contention,
  running: ReadonlyMap<string, () => void>,
): { stop(): void; readonly done: Promise<void> } {
  let over = kills === 0
  const random = randomFrom(seed)
  const hunt = async (): Promise<void> => {
    if (over) return
    const dialect = dialectOf(made.directory)
    await using connection = await dialect.connect()
    for (let left = kills; left > 0 && !over;) {
      const holder = (await dialect.inspectLock(connection, 'default').catch(unlessBusy))?.holder
      const kill = running.get(holder?.process ?? holder?.pid ?? '')
      await sleep(kill === undefined ? 5 : random() * LONGEST_LIFE_MS)
      if (kill === undefined || over) continue
      kill()
      left--
      await sleep(20)
    }
  }
  return { stop: () => (over = true), done: hunt() }
  /** SQLite is read while somebody commits. */
  function unlessBusy(error: unknown): undefined {
    const { kind } = dialectOf(made.directory).describeFailure(error)
    if (kind !== 'lock-timeout' && kind !== 'missing') throw error
  }
}

async function look(
  made: Project,
  { dialect: dialectOf, migrations }: Contention,
): Promise<Pick<ContentionResult, 'effects' | 'recorded' | 'chainHolds' | 'pending' | 'takeovers'>> {
  const dialect = dialectOf(made.directory)
  await using yama = createYama({ dialect, sources: [] })
  const events = await yama.history()
  const succeeded = events.filter(({ type }) => type === 'migration.succeeded')
  await using connection = await dialect.connect()
  const { rows } = await connection.execute('SELECT name, count(*) AS n FROM effects GROUP BY name')
  return {
    effects: Object.fromEntries(rows.map((row) => [String(row['name']), Number(row['n'])])),
    recorded: Object.fromEntries(
      [...new Set(succeeded.map(({ migrationId }) => migrationId ?? ''))].map((id) => [
        id,
        succeeded.filter(({ migrationId }) => migrationId === id).length,
      ]),
    ),
    chainHolds: verifyChain(events) === undefined,
    pending: migrations - (await yama.status()).applied.filter(({ status }) => status === 'applied').length,
    takeovers: events.filter(({ type }) => type === 'lock.taken_over').length,
  }
}

/** Everything that is wrong with a result, in words; nothing where all is well. */
export function flaws(result: ContentionResult, { migrations, runners, kills, kind, alone }: Contention): readonly string[] {
  const found: string[] = []
  const concurrent = alone && kind === 'postgres' ? 1 : 0
  const effects = Object.entries(result.effects)
  if (effects.length !== migrations - 1 - concurrent) found.push(`${String(effects.length)} migrations took effect`)
  for (const [name, times] of effects) if (times !== 1) found.push(`${name} took effect ${String(times)} times`)
  if (Object.keys(result.recorded).length !== migrations) found.push(`${String(Object.keys(result.recorded).length)} are recorded as done`)
  for (const [id, times] of Object.entries(result.recorded)) if (times !== 1) found.push(`${id} is recorded ${String(times)} times`)
  if (!result.chainHolds) found.push('the chain of events is broken')
  if (result.pending !== 0) found.push(`${String(result.pending)} are pending`)
  if (result.codes.length < runners - kills) found.push(`only ${String(result.codes.length)} runners ended`)
  for (const failure of result.failures) found.push(`a runner failed: ${failure}`)
  return found
}
