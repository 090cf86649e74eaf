import { spawn, spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { bin, type Project } from './project.ts'

/** Keys as a terminal sends them. */
export const keys = { enter: '\r', down: '\u001B[B', interrupt: '\u0003', endOfInput: '\u0004' } as const

/** What a person does: waits until the words are on the screen, then types. */
export interface Turn {
  readonly sees: string
  readonly types: string
}

export interface Sitting {
  readonly code: number
  /** Everything that was on the screen, without control characters. */
  readonly screen: string
}

/** `script` of util-linux makes a terminal; other systems have none with these options, and their tests are skipped. */
export const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0

/** Runs the command on a terminal. Rejects with the screen where the words of a turn never come or the command does not end. */
export function atTerminal(
  { directory }: Project,
  words: string,
  turns: readonly Turn[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly hangUp?: boolean } = {},
): Promise<Sitting> {
  const command = `stty rows 50 cols 200; ${bin.endsWith('.js') ? `'${process.execPath}' '${bin}'` : `'${bin}'`} ${words}`
  const { CI: _, ...inherited } = process.env
  return new Promise((done, fail) => {
    const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
      cwd: directory,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: inherited['PATH'] ?? '', HOME: directory, TERM: 'xterm', TZ: 'UTC', SHELL: '/bin/sh', ...options.env },
    })
    const left = [...turns]
    let screen = ''
    let from = 0
    const late = setTimeout(() => child.kill('SIGKILL'), 60_000)
    const look = (chunk: Buffer): void => {
      screen += stripVTControlCharacters(chunk.toString())
      const [turn] = left
      if (turn === undefined || !screen.includes(turn.sees, from)) return
      from = screen.length
      left.shift()
      child.stdin.write(turn.types)
      if (left.length === 0 && options.hangUp === true) child.stdin.end()
    }
    child.stdout.on('data', look)
    child.once('error', fail)
    child.once('close', (code) => {
      clearTimeout(late)
      if (code === null) fail(new Error(`The command did not end. On the screen:\n${screen}`))
      else if (left.length > 0) fail(new Error(`It never said ${JSON.stringify(left[0]?.sees)}. On the screen:\n${screen}`))
      else done({ code, screen })
    })
  })
}
