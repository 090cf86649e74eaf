import type { Readable, Writable } from 'node:stream'
import { cliErrors } from '../errors/errors.ts'

type Prompts = typeof import('@clack/prompts')

/** What every question takes: where it is drawn, and what ends it. */
export interface Asking {
  readonly input: Readable
  readonly output: Writable
  readonly signal: AbortSignal
}

/**
 * Asks on the terminal, on standard error, for the output may go into a file. Rejects with YAMA_INTERRUPTED where the question is left:
 * by Ctrl-C, Ctrl-D or Escape, by a signal, or because the input ends. A question that nobody can answer any more never hangs.
 *
 * @example await ask(context.signal, 'Nothing was done.', ({ confirm }, asking) => confirm({ message: 'Go on?', ...asking }))
 */
export async function ask<T>(
  signal: AbortSignal,
  state: string,
  question: (prompts: Prompts, asking: Asking) => Promise<T | symbol>,
): Promise<T> {
  const prompts = await import('@clack/prompts')
  const left = new AbortController()
  const leave = (): void => left.abort()
  const onKey = (_: string, key: { readonly ctrl?: boolean; readonly name?: string } | undefined): void => {
    if (key?.ctrl === true && key.name === 'd') leave()
  }
  const input = process.stdin
  input.on('keypress', onKey).once('end', leave).once('close', leave)
  // The last resort: nothing is left that could wake the question.
  process.once('beforeExit', leave)
  try {
    const answer = await question(prompts, { input, output: process.stderr, signal: AbortSignal.any([signal, left.signal]) })
    if (prompts.isCancel(answer)) throw cliErrors.YAMA_INTERRUPTED({ state })
    return answer as T
  } finally {
    input.off('keypress', onKey).off('end', leave).off('close', leave)
    process.off('beforeExit', leave)
  }
}
