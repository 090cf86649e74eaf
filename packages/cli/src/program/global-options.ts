import type { OptionSpec } from './option-spec.ts'

/** Options which every command takes. */
export interface GlobalOptions {
  readonly env?: string
  readonly config?: string
  readonly cwd: string
  readonly url?: string
  readonly json: false | 'envelope' | 'stream'
  readonly color: boolean
  readonly interactive: boolean
  readonly yes: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  /** As given; a duration. */
  readonly lockWait?: string
}

export const globalOptionSpecs: readonly OptionSpec[] = [
  { flags: '-e, --env <name>', description: 'environment of the configuration' },
  { flags: '-c, --config <file>', description: 'configuration file' },
  { flags: '--cwd <directory>', description: 'run as if started there' },
  { flags: '--url <url>', description: "database URL, instead of the environment's" },
  { flags: '--json [mode]', description: 'JSON envelope on stdout; "stream" for one event per line' },
  { flags: '--no-color', description: 'no colours' },
  { flags: '--non-interactive', description: 'never ask; also where there is no terminal, or CI is set' },
  { flags: '-y, --yes', description: 'answer yes to harmless questions; never accepts loss of data' },
  { flags: '-q, --quiet', description: 'only results and errors' },
  { flags: '--lock-wait <duration>', description: 'how long to wait for another run: 30s, 5m, 0, forever' },
  { flags: '-v, --verbose', description: 'more detail, and the cause of errors' },
]

/** Reads the parsed options; `CI` and a missing terminal turn questions off. */
export function readGlobals(options: Readonly<Record<string, unknown>>): GlobalOptions {
  const text = (key: string): string | undefined => (typeof options[key] === 'string' ? options[key] : undefined)
  const terminal = process.stdin.isTTY === true && process.stderr.isTTY === true
  return {
    ...(text('env') === undefined ? {} : { env: text('env') as string }),
    ...(text('config') === undefined ? {} : { config: text('config') as string }),
    ...(text('url') === undefined ? {} : { url: text('url') as string }),
    ...(text('lockWait') === undefined ? {} : { lockWait: text('lockWait') as string }),
    cwd: text('cwd') ?? process.cwd(),
    json: options['json'] === undefined || options['json'] === false ? false : options['json'] === 'stream' ? 'stream' : 'envelope',
    color:
      options['color'] !== false &&
      process.env['NO_COLOR'] === undefined &&
      (process.stdout.isTTY === true || process.env['FORCE_COLOR'] !== undefined),
    interactive: options['nonInteractive'] !== true && terminal && (process.env['CI'] ?? '') === '' && options['json'] === undefined,
    yes: options['yes'] === true,
    quiet: options['quiet'] === true,
    verbose: options['verbose'] === true,
  }
}
