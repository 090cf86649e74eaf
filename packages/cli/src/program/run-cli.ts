import { existsSync } from 'node:fs'
import { cliErrors } from '../errors/errors.ts'
import { asYamaError } from '../output/error-diagnostics.ts'
import { exitCode } from '../output/exit-code.ts'
import { printFailure, printOutcome, type Ran } from '../output/print-outcome.ts'
import { createContext, type ContextHandle } from './create-context.ts'
import { guardProcess } from './guard-process.ts'
import { readGlobals, type GlobalOptions } from './global-options.ts'
import { parseArguments, type Invocation } from './parse-arguments.ts'

/**
 * Runs one command line and returns its exit code. The one place where errors are printed:
 * progress has stopped by then, so nothing can swallow them.
 */
export async function runCli(words: readonly string[]): Promise<number> {
  const started = performance.now()
  let globals: GlobalOptions = readGlobals({ json: jsonAsked(words) })
  let ran: Ran = { command: words.find((word) => !word.startsWith('-')) ?? '', globals, started }
  const interrupt = new AbortController()
  // The first one stops in order: the statement is cancelled, its end recorded, the lock released. The second one does not wait.
  const stop = (): void => {
    if (interrupt.signal.aborted) process.exit(130)
    interrupt.abort()
    if (globals.json === false) process.stderr.write('Stopping: the statement is cancelled on the server. Once more to leave at once.\n')
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  let handle: ContextHandle | undefined
  const known = (): Ran => ({ ...ran, env: handle?.environment(), targets: handle?.targets() ?? [] })
  const guard = guardProcess(
    (error, code) => (interrupt.signal.aborted ? code : printFailure(known(), error, code)),
    () => globals.cwd,
  )
  const delivered = async (code: number): Promise<number> => {
    const reason = await guard.unwritten()
    if (reason === undefined) return code
    return Math.max(code, printFailure({ ...known(), globals: { ...globals, json: false } }, cliErrors.YAMA_OUTPUT_WRITE({ reason }), 1))
  }
  try {
    const invocation: Invocation = await parseArguments(words)
    if (invocation.kind === 'text') {
      if (globals.json === false) process.stdout.write(invocation.text)
      else printOutcome({ ...ran, command: 'help' }, { data: { text: invocation.text } })
      return await delivered(0)
    }
    globals = readGlobals(invocation.options)
    ran = { command: invocation.name, globals, started }
    if (!existsSync(globals.cwd))
      throw cliErrors.YAMA_CLI_USAGE({ problem: `There is no directory ${globals.cwd}.`, next: '`--cwd` takes one that exists.' })
    handle = createContext(globals, interrupt.signal)
    try {
      const outcome = await invocation.command.run(handle.context, { arguments: invocation.arguments, options: invocation.options })
      return await delivered(printOutcome(known(), outcome))
    } finally {
      await handle.close()
    }
  } catch (error) {
    const failure = asYamaError(error)
    return await delivered(printFailure(known(), failure, await exitCode(failure)))
  } finally {
    guard.release()
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

/** A mistake in the command line itself must still come as JSON where JSON was asked for. */
function jsonAsked(words: readonly string[]): string | undefined {
  const word = words.find((item) => item === '--json' || item.startsWith('--json='))
  return word === undefined ? undefined : word === '--json=stream' ? 'stream' : 'envelope'
}
