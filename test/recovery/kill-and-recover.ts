import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { createYama, verifyChain, YamaError, type EventRow, type Yama } from '@yama/core'
import { memorySource } from '@yama/testkit/faults'
import type { Arena } from './arena.ts'
import { dialectAt } from './dialect-at.ts'
import { fallenRun } from './fallen-run.ts'
import type { Kill } from './kill.ts'
import { observe } from './observe.ts'
import { scenario, type Shape } from './scenario.ts'
import { watchedRun, type WatchedRun, type Watching } from './watched-run.ts'

const root = resolve(import.meta.dirname, '../..')
/** Below the package that has PGlite, so that every driver is found from there; another harness may run at the same time. */
const bundle = join(root, `packages/postgres/node_modules/.cache/yama-killed-run-${String(process.pid)}.mjs`)
let built: Promise<unknown> | undefined

/** One file, so that a process is there in a tenth of a second. */
const buildOnce = (): Promise<unknown> => (built ??= buildUntilExit())

function buildUntilExit(): Promise<unknown> {
  process.once('exit', () => rmSync(bundle, { force: true }))
  return build({
    entryPoints: [join(import.meta.dirname, 'killed-run.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['yama-source'],
    external: ['better-sqlite3', '@electric-sql/pglite', 'pg', 'mysql2', 'pg-native'],
    logLevel: 'error',
  })
}

/** `signal`: of the process, where there was one that was killed. */
export interface RunResult extends WatchedRun {
  readonly signal: string | null
}

/** Starts a run in a process of its own, and waits for its end, whatever it is. */
export async function startRun(url: string, kill?: Kill): Promise<RunResult> {
  await buildOnce()
  return await new Promise((done, fail) => {
    const child = spawn(process.execPath, [bundle], {
      env: { ...process.env, YAMA_KILLED_RUN: JSON.stringify({ url, kill }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let problem = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text))
    child.once('error', fail)
    child.once('close', (code, signal) => {
      if (signal !== null) return done({ signal, points: [] })
      if (output === '') return fail(new Error(`the run said nothing, exit ${code}: ${problem}`))
      done({ signal, ...(JSON.parse(output) as WatchedRun) })
    })
  })
}

/** What an undisturbed run leaves, and the exchanges that it consists of. */
export interface Reference {
  readonly points: readonly string[]
  readonly observed: string
}

export async function reference(arena: Arena, how: Pick<Watching, 'stepwise' | 'only'> = {}): Promise<Reference> {
  await arena.reset()
  const dialect = dialectAt(arena.url)
  const { points, code } = await watchedRun(dialect, { ...how, watch: () => undefined })
  if (code !== undefined) throw new Error(`the undisturbed run failed: ${code}`)
  await using connection = await dialect.connect()
  return { points, observed: await observe(dialect, connection) }
}

/** As the command does it: what the server still did of the run that died, while this one waited for the lock, is planned with. */
async function applyAll(yama: Yama, again = 2): Promise<void> {
  const plan = await yama.plan({ up: 'latest' })
  try {
    // A table that the dead run has made is somebody's by now, as far as a new plan knows.
    await yama.apply(plan, { confirm: plan.digest })
  } catch (error) {
    const wasDone =
      YamaError.is(error) &&
      error.code === 'YAMA_PLAN_STALE' &&
      typeof error.data === 'object' &&
      error.data !== null &&
      'done' in error.data
    if (!wasDone || again === 0) throw error
    await applyAll(yama, again - 1)
  }
}

/** What a recovered database is checked for; empty where everything is right. */
export async function recover(
  url: string,
  expected: string,
  only?: readonly Shape[],
): Promise<{ readonly wrong: readonly string[]; readonly events: readonly EventRow[] }> {
  const dialect = dialectAt(url)
  const migrations = scenario(dialect.kind, only)
  await using yama = createYama({ dialect, sources: [memorySource(migrations)], lockWaitMs: 60_000 })
  const wrong: string[] = []
  try {
    await applyAll(yama)
  } catch (error) {
    return {
      wrong: [`the rerun failed: ${YamaError.is(error) ? `${error.code} ${error.message}` : String(error)}`],
      events: await yama.history(),
    }
  }
  const events = await yama.history()
  const { applied, pending, history } = await yama.status()
  if (applied.length !== migrations.length || pending.length > 0) wrong.push(`${applied.length} applied, ${pending.length} pending`)
  if (history.openSteps.length > 0) wrong.push(`open steps: ${JSON.stringify(history.openSteps)}`)
  const broken = verifyChain(events)
  if (broken !== undefined) wrong.push(`the chain breaks at event ${broken.seq}`)
  const succeeded = events.filter(({ type }) => type === 'migration.succeeded').map(({ migrationId }) => migrationId)
  if (succeeded.join() !== migrations.map(({ id }) => id).join()) wrong.push(`succeeded: ${succeeded.join()}`)
  await using connection = await dialect.connect()
  const observed = await observe(dialect, connection)
  if (observed !== expected) wrong.push(firstDifference(observed, expected))
  return { wrong, events }
}

function firstDifference(observed: string, expected: string): string {
  const [left, right] = [observed.split('\n'), expected.split('\n')]
  const at = left.findIndex((line, index) => line !== right[index])
  return `the database differs: ${left[at] ?? '(end)'} in place of ${right[at] ?? '(end)'}`
}

export interface Attempt {
  readonly killed: RunResult
  readonly wrong: readonly string[]
  readonly events: readonly EventRow[]
}

/** Makes the database anew, kills a run in it, brings the server back where it was killed, and runs again. */
export async function killAndRecover(arena: Arena, expected: string, kills: readonly Kill[]): Promise<Attempt> {
  await arena.reset()
  let killed: RunResult = { signal: null, points: [] }
  for (const kill of kills) {
    // In the middle of what a library does only the end of its process stops it.
    const own = kill.how === 'process' || (arena.directory !== undefined && kill.phase === 'during')
    killed = own ? await startRun(arena.url, kill) : { signal: null, ...(await fallenRun(arena, kill)) }
    if (kill.how === 'server') await arena.server?.restart()
  }
  return { killed, ...(await recover(arena.url, expected)) }
}
