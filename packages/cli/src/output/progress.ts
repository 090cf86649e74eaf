import type { RunEvent } from '@yama/core'
import type { Paint } from './paint.ts'

export interface Progress {
  readonly event: (event: RunEvent) => void
  /** Ends the line of a bar, so that whatever comes next, an error above all, starts on its own line. */
  readonly stop: () => void
}

export interface ProgressOptions {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
  readonly color: Paint
  readonly quiet: boolean
  readonly now?: () => number
}

/** Quiet for a second; then a bar with rate and ETA on a terminal, one line per 10 s elsewhere. Always on stderr. */
export function progress(options: ProgressOptions): Progress {
  const now = options.now ?? (() => performance.now())
  const terminal = options.stream.isTTY === true
  let started = now()
  let lastLine = started
  let total = 0
  let done = 0
  let drawn = false
  const clear = (): void => {
    if (drawn) options.stream.write('\r\u001B[2K')
    drawn = false
  }
  const show = (name: string): void => {
    const elapsed = now() - started
    if (options.quiet || elapsed < 1000) return
    const rate = done / (elapsed / 1000)
    const left = rate > 0 ? `${Math.ceil((total - done) / rate)} s left` : 'no rate yet'
    const numbers = `${done}/${total}  ${rate.toFixed(rate < 10 ? 1 : 0)}/s  ${left}`
    if (terminal) {
      const filled = total === 0 ? 0 : Math.round((done / total) * 24)
      clear()
      options.stream.write(
        `${options.color.green('█'.repeat(filled))}${options.color.dim('░'.repeat(24 - filled))}  ${numbers}  ${name}`.slice(
          0,
          (options.stream.columns ?? 120) + 18,
        ),
      )
      drawn = true
    } else if (now() - lastLine >= 10_000) {
      lastLine = now()
      options.stream.write(`${numbers}  ${name}\n`)
    }
  }
  return {
    event: (event) => {
      if (event.type === 'run:started') {
        started = now()
        lastLine = started
        total = event.total
      } else if (event.type === 'migration:started') show(event.name)
      else if (event.type === 'migration:finished') {
        done += 1
        show(event.id)
      } else if (event.type === 'lock:waiting') {
        if (terminal || now() - lastLine >= 10_000 || event.waitedMs < 1000) {
          clear()
          lastLine = now()
          options.stream.write(
            `waiting for the lock${event.holder === undefined ? '' : ` held by ${event.holder}`}, ${Math.round(event.waitedMs / 1000)} s\n`,
          )
        }
      } else if (event.type === 'notice') {
        clear()
        options.stream.write(`${options.color.dim('notice:')} ${event.message}\n`)
      }
    },
    stop: clear,
  }
}
