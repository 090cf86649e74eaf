// A run in a process of its own, which kills itself at one point: bundled, and started once for each kill.
import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { FaultPoint } from '@yama/testkit/faults'
import { dialectAt } from './dialect-at.ts'
import type { Kill } from './kill.ts'
import { watchedRun } from './watched-run.ts'

const { url, kill } = JSON.parse(process.env['YAMA_KILLED_RUN'] ?? '{}') as { readonly url: string; readonly kill?: Kill }

/** A synchronous driver stops this thread while a statement runs: another one holds the knife. */
const shared = new Int32Array(new SharedArrayBuffer(4))
const watcher = new Worker(
  `const { workerData: { shared, pid, delayMs } } = require('node:worker_threads')
   Atomics.wait(shared, 0, 0)
   if (delayMs > 0) Atomics.wait(shared, 0, 1, delayMs)
   process.kill(pid, 'SIGKILL')`,
  { eval: true, workerData: { shared, pid: process.pid, delayMs: kill?.delayMs ?? 0 } },
)
await new Promise((online) => watcher.once('online', online))
watcher.unref()

const watch = ({ exchange, phase }: FaultPoint): void => {
  if (exchange !== kill?.exchange || phase !== kill.phase) return
  if (phase !== 'during') process.kill(process.pid, 'SIGKILL')
  Atomics.store(shared, 0, 1)
  Atomics.notify(shared, 0)
}
const result = await watchedRun(dialectAt(url), { stepwise: kill?.stepwise === true, watch })
writeSync(1, JSON.stringify(result))
process.exit(result.code === undefined ? 0 : 1)
