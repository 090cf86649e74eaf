import type { FaultPoint } from '@yama/testkit/faults'

/** Where to kill a run, and how. */
export interface Kill {
  readonly exchange: number
  readonly phase: FaultPoint['phase']
  /** For `during`: how long after the beginning, in ms. */
  readonly delayMs: number
  readonly how: KillKind
  /** Of a run with a hook on every step. */
  readonly stepwise?: boolean
}

/**
 * `process`: SIGKILL of a process that runs. `cut`: its connections are cut in that moment, and nothing of it gets through
 * afterwards; a server sees the same of both. Of a database that is files, the files of that moment are kept. `sessions`: the server ends the run's sessions. `server`: SIGKILL of every process of the server.
 */
export type KillKind = 'process' | 'cut' | 'sessions' | 'server'
