import { Console } from 'node:console'
import { cliErrors } from '../errors/errors.ts'
import type { YamaError } from '@yama/core'
import { placeOfThrow } from './locate-in-stack.ts'

export interface ProcessGuard {
  /** Why standard output took not all of the result; undefined where it did, or where its reader has gone. */
  readonly unwritten: () => Promise<string | undefined>
  readonly release: () => void
}

// Node's own for a promise at the top of a module that is never settled.
const UNSETTLED = 13

/**
 * Keeps a run independent of what the process is attached to, and of what the project's modules do to the process.
 *
 * - A reader of the output that goes (`| head -1`), or a full disk behind `>`, would end the process in the middle of a statement.
 * - What modules print (dotenv does) would stand in front of the result, so `console` writes to standard error.
 * - A module that ends the process, or waits for ever, would let a command end with 0 that did nothing: `early` reports it.
 * - What a module throws where nobody waits for it (a timer, a promise that was let go) ends the process at once, as Node has it; the
 *   next run recovers. `early` reports it, with its line in a file under `directory()`, in place of Node's stack trace.
 */
export function guardProcess(early: (error: YamaError, code: number) => number, directory: () => string): ProcessGuard {
  let refused: Error | undefined
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') refused ??= error
  })
  process.stderr.on('error', () => undefined)
  globalThis.console = new Console({ stdout: process.stderr, stderr: process.stderr })
  let thrown: { readonly error: unknown } | undefined
  const ended = (): void => {
    if (thrown !== undefined) {
      const { error } = thrown
      const reason = `an error that nothing waited for was thrown: ${firstLine(error)}`
      process.exitCode = early(cliErrors.YAMA_ENDED_EARLY({ reason }, { cause: error, position: placeOfThrow(error, directory()) }), 1)
      return
    }
    const given = Number(process.exitCode ?? 0)
    const waits = given === UNSETTLED
    const reason = waits ? 'something is waited for that never comes' : `a module of the project called process.exit(${given})`
    const code = given === 0 || waits ? 1 : given
    process.exitCode = early(cliErrors.YAMA_ENDED_EARLY({ reason }), code)
  }
  const uncaught = (error: unknown): void => {
    thrown ??= { error }
    process.exit(1)
  }
  process.on('exit', ended).on('uncaughtException', uncaught)
  return {
    unwritten: async () => {
      // A stream says in the next turn what a write met.
      await new Promise((turn) => setImmediate(turn))
      return refused?.message
    },
    release: () => void process.off('exit', ended).off('uncaughtException', uncaught),
  }
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/\.$/, '')
