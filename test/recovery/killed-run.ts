// A run in a process of its own, which kills itself or the server at one point: bundled, and started once for each kill.
import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { createYama, definePlugin, YamaError } from '@yama/core'
import { faultDialect, memorySource, type FaultPoint } from '@yama/testkit/faults'
import { dialectAt } from './dialect-at.ts'
import { scenario, statementsOf } from './scenario.ts'

/** Where to kill what. */
export interface Kill {
  readonly exchange: number
  readonly phase: FaultPoint['phase']
  /** For `during`: how long after the beginning, in ms. */
  readonly delayMs: number
  /** Every process of a server; this process where there is none. */
  readonly pids?: readonly number[]
  /** This process only stops, as one that the machine has forgotten. */
  readonly stop?: true
}

const { url, kill } = JSON.parse(process.env['YAMA_KILLED_RUN'] ?? '{}') as { readonly url: string; readonly kill?: Kill }
const pids = kill?.pids ?? [process.pid]
const points: string[] = []
let running = ''
const place = definePlugin(() => ({
  name: 'place',
  hooks: { event: (event) => void (event.type === 'migration:started' && (running = event.id.slice(4))) },
}))

/** A synchronous driver stops this thread while a statement runs: another one holds the knife. */
const shared = new Int32Array(new SharedArrayBuffer(4))
const watcher = new Worker(
  `const { workerData: { shared, pids, delayMs } } = require('node:worker_threads')
   Atomics.wait(shared, 0, 0)
   if (delayMs > 0) Atomics.wait(shared, 0, 1, delayMs)
   for (const pid of pids) try { process.kill(pid, 'SIGKILL') } catch {}`,
  { eval: true, workerData: { shared, pids, delayMs: kill?.delayMs ?? 0 } },
)
await new Promise((online) => watcher.once('online', online))
watcher.unref()

const strike = (): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, kill?.stop === true ? 'SIGSTOP' : 'SIGKILL')
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ESRCH') throw error
    }
  }
}
const watch = ({ exchange, kind, phase }: FaultPoint): void => {
  if (phase === 'before') points.push(`${running}:${kind}`)
  if (exchange !== kill?.exchange || phase !== kill.phase) return
  if (phase !== 'during') return strike()
  Atomics.store(shared, 0, 1)
  Atomics.notify(shared, 0)
}

const dialect = dialectAt(url)
const migrations = scenario(dialect.kind)
const yama = createYama({
  dialect: faultDialect(dialect, statementsOf(migrations), watch),
  sources: [memorySource(migrations)],
  plugins: [place()],
  lockWaitMs: 30_000,
})
try {
  await yama.apply(await yama.plan({ up: 'latest' }))
  writeSync(1, JSON.stringify({ points }))
} catch (error) {
  writeSync(1, JSON.stringify({ points, code: YamaError.is(error) ? error.code : String(error) }))
  process.exitCode = 1
}
process.exit()
