import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runCli } from '../../packages/cli/src/program/run-cli.ts'

export interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Envelope {
  readonly ok: boolean
  readonly exitCode: number
  readonly reason: string
  readonly data: Readonly<Record<string, unknown>>
  readonly diagnostics: readonly { readonly code: string; readonly message: string; readonly hint?: string }[]
}

/** A project in a directory of its own, and the command in this process: what is tested is the source. */
export interface Workplace {
  readonly directory: string
  write(path: string, text: string): void
  read(path: string): string
  list(path: string): readonly string[]
  remove(path: string): void
  yama(...words: readonly string[]): Promise<Answer>
  json(...words: readonly string[]): Promise<Envelope>
  [Symbol.dispose](): void
}

/** `url` is given to every command that does not name another one. */
export function workplace(files: Readonly<Record<string, string>>, url?: string): Workplace {
  const directory = mkdtempSync(join(tmpdir(), 'yama-work-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  const yama = (...words: readonly string[]): Promise<Answer> =>
    captured([...words, '--cwd', directory, '--non-interactive', ...(url === undefined ? [] : ['--url', url])])
  return {
    directory,
    write,
    yama,
    read: (path) => readFileSync(join(directory, path), 'utf8'),
    list: (path) => readdirSync(join(directory, path)).toSorted(),
    remove: (path) => rmSync(join(directory, path), { recursive: true }),
    json: async (...words) => {
      const { stdout, stderr } = await yama(...words, '--json')
      try {
        return JSON.parse(stdout) as Envelope
      } catch (error) {
        throw new Error(`yama ${words.join(' ')} printed no envelope:\n${stdout}\n${stderr}`, { cause: error })
      }
    },
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  }
}

async function captured(words: readonly string[]): Promise<Answer> {
  const parts = { stdout: '', stderr: '' }
  const real = { stdout: process.stdout.write, stderr: process.stderr.write }
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = ((chunk: string | Uint8Array) => {
      parts[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
      return true
    }) as typeof process.stdout.write
  }
  try {
    return { code: await runCli(words), ...parts }
  } finally {
    process.stdout.write = real.stdout
    process.stderr.write = real.stderr
  }
}
