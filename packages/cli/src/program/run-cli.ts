import { asYamaError } from '../output/error-diagnostics.ts'
import { exitCode } from '../output/exit-code.ts'
import { printFailure, printOutcome, type Ran } from '../output/print-outcome.ts'
import { createContext } from './create-context.ts'
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
  const stop = (): void => interrupt.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const invocation: Invocation = await parseArguments(words)
    if (invocation.kind === 'text') {
      process.stdout.write(invocation.text)
      return 0
    }
    globals = readGlobals(invocation.options)
    ran = { command: invocation.name, globals, started }
    const { context, close } = createContext(globals, interrupt.signal)
    try {
      const outcome = await invocation.command.run(context, { arguments: invocation.arguments, options: invocation.options })
      const environment = await environmentName(context)
      return printOutcome({ ...ran, ...environment }, outcome)
    } finally {
      await close()
    }
  } catch (error) {
    const known = asYamaError(error)
    const code = await exitCode(known)
    return printFailure(ran, known, code)
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

async function environmentName(context: {
  readonly globals: GlobalOptions
  readonly used?: () => string | undefined
}): Promise<{ readonly env?: string }> {
  return context.globals.env === undefined ? {} : { env: context.globals.env }
}

/** A mistake in the command line itself must still come as JSON where JSON was asked for. */
function jsonAsked(words: readonly string[]): string | undefined {
  const word = words.find((item) => item === '--json' || item.startsWith('--json='))
  return word === undefined ? undefined : word === '--json=stream' ? 'stream' : 'envelope'
}
