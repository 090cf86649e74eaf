import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')
const cli = join(root, 'packages', 'cli')
const drivers = ['better-sqlite3', 'pg', '@electric-sql/pglite', 'mysql2'] as const
export const bin = process.env['YAMA_TEST_BIN'] ?? join(cli, 'dist', 'bin.js')

export interface Ran {
  readonly code: number | string
  readonly stdout: string
  readonly stderr: string
  /** Both streams, for assertions about what must not be printed. */
  readonly output: string
}

/** What `--json` prints, with the members that tests look at. */
export interface Envelope {
  readonly schemaVersion: number
  readonly command: string
  readonly env: string | null
  readonly targets: readonly { readonly environment: string; readonly database: string }[]
  readonly ok: boolean
  readonly exitCode: number
  readonly reason: string
  readonly data: unknown
  readonly decisions: readonly { readonly id: string; readonly answers: readonly string[]; readonly candidates: readonly unknown[] }[]
  readonly diagnostics: readonly {
    readonly code: string
    readonly severity: string
    readonly message: string
    readonly hint?: string
    readonly file?: string
    readonly line?: number
    readonly col?: number
  }[]
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Called as soon as the process runs; `output` waits for a word on either stream. */
  readonly started?: (
    kill: (signal: NodeJS.Signals) => void,
    output: (word: string, then: () => void) => void,
    pid: number | undefined,
  ) => void
  readonly uid?: number
}

/** A project in a directory of its own, with the built command as a user would have it. */
export interface Project {
  readonly directory: string
  write(path: string, text: string | Buffer): void
  read(path: string): string
  list(path: string): readonly string[]
  remove(path: string): void
  yama(words: readonly string[] | string, options?: RunOptions): Promise<Ran>
  /** Runs with `--json` and gives the envelope. */
  json(words: readonly string[] | string, options?: RunOptions): Promise<Envelope>
  run(command: string, words: readonly string[], options?: RunOptions): Promise<Ran>
  [Symbol.dispose](): void
}

/** Makes a project from files, or from a copy of a directory; without drivers where the test is about a missing one. */
export function project(
  files: Readonly<Record<string, string | Buffer>> = {},
  options: { readonly copyOf?: string; readonly drivers?: boolean } = {},
): Project {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'yama-e2e-')))
  if (options.copyOf !== undefined)
    cpSync(options.copyOf, directory, { recursive: true, filter: (path) => !path.includes('node_modules') && !/\.yama\b|\.db/.test(path) })
  link(join(cli), join(directory, 'node_modules', '@yama', 'cli'))
  for (const name of ['core', 'sqlite']) link(join(root, 'packages', name), join(directory, 'node_modules', '@yama', name))
  if (options.drivers !== false) for (const name of drivers) link(join(cli, 'node_modules', name), join(directory, 'node_modules', name))
  const made: Project = {
    directory,
    write: (path, text) => {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), text)
    },
    read: (path) => readFileSync(join(directory, path), 'utf8'),
    list: (path) => (existsSync(join(directory, path)) ? readdirSync(join(directory, path)).toSorted() : []),
    remove: (path) => rmSync(join(directory, path), { recursive: true }),
    yama: (words, run) => {
      const list = typeof words === 'string' ? words.split(' ') : words
      return bin.endsWith('.js') ? made.run(process.execPath, [bin, ...list], run) : made.run(bin, list, run)
    },
    json: async (words, run) => {
      const list = typeof words === 'string' ? words.split(' ') : words
      const { stdout, stderr } = await made.yama([...list, '--json'], run)
      try {
        return JSON.parse(stdout) as Envelope
      } catch (error) {
        throw new Error(`yama ${list.join(' ')} --json printed no envelope:\n${stdout}\n${stderr}`, { cause: error })
      }
    },
    run: (command, words, run) => execute(directory, command, words, run ?? {}),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  }
  for (const [path, text] of Object.entries(files)) made.write(path, text)
  return made
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to, process.platform === 'win32' ? 'junction' : 'dir')
}

/** No variable of the machine reaches the command but what Node needs to start. */
function environment(directory: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const shims = join(directory, 'node_modules', '.bin')
  return { PATH: `${shims}:${process.env['PATH'] ?? ''}`, HOME: directory, CI: '1', NO_COLOR: '1', TZ: 'UTC', ...more }
}

function execute(directory: string, command: string, words: readonly string[], options: RunOptions): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(command, words, {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
      env: environment(directory, options.env),
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.once('error', fail)
    child.once('close', (code, signal) => done({ code: code ?? signal ?? 'unknown', stdout, stderr, output: `${stdout}${stderr}` }))
    options.started?.(
      (signal) => child.kill(signal),
      (word, then) => {
        let seen = ''
        const look = (chunk: Buffer): void => {
          const before = seen.includes(word)
          seen += chunk.toString()
          if (!before && seen.includes(word)) then()
        }
        child.stdout.on('data', look)
        child.stderr.on('data', look)
      },
      child.pid,
    )
  })
}
