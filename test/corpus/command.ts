import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const bin = process.env['YAMA_TEST_BIN'] ?? resolve(import.meta.dirname, '../../packages/cli/dist/bin.js')

export interface Ran {
  readonly code: number | null
  /** Both streams. */
  readonly output: string
}

/** A project in a directory of its own, run with the command as it is shipped: built. */
export interface CommandProject {
  readonly directory: string
  write(path: string, text: string): void
  configure(config: Readonly<Record<string, unknown>>): void
  yama(...words: readonly string[]): Promise<Ran>
  /** `data` of the JSON envelope; fails where the command does not exit with 0. */
  data<T>(...words: readonly string[]): Promise<T>
  [Symbol.dispose](): void
}

/** Makes a project from copies: `{ migrations: '/somewhere/else' }`. */
export function commandProject(copies: Readonly<Record<string, string>> = {}): CommandProject {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'yama-directory-')))
  for (const [to, from] of Object.entries(copies)) cpSync(from, join(directory, to), { recursive: true })
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  const yama = (...words: readonly string[]): Promise<Ran> =>
    new Promise((done, fail) => {
      // No variable of the machine but what Node needs: neither its databases nor its terminal.
      const env = { PATH: process.env['PATH'] ?? '', HOME: directory, CI: '', NO_COLOR: '1' }
      const [command, first] = bin.endsWith('.js') ? [process.execPath, [bin]] : [bin, []]
      const child = spawn(command, [...first, ...words], {
        cwd: directory,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let output = ''
      let stdout = ''
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString()
        output += chunk.toString()
      })
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.once('error', fail)
      child.once('close', (code) => done({ code, output: words.includes('--json') ? stdout : output }))
    })
  return {
    directory,
    write,
    configure: (config) => write('yama.config.json', JSON.stringify(config)),
    yama,
    data: async <T>(...words: readonly string[]): Promise<T> => {
      const { code, output } = await yama(...words, '--json')
      if (code !== 0) throw new Error(`yama ${words.join(' ')} ended with ${String(code)}:\n${output}`)
      return (JSON.parse(output) as { readonly data: T }).data
    },
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  }
}
