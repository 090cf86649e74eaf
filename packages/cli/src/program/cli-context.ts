import type { Plugin, Yama } from '@yama/core'
import type { AuthoringProject } from '@yama/authoring'
import type { Environment } from '../config/resolve-environment.ts'
import type { Paint } from '../output/paint.ts'
import type { GlobalOptions } from './global-options.ts'
import type { LoadedProject } from './load-project.ts'
import type { OpenDatabase } from './open-database.ts'
import type { OpenOptions } from './open-options.ts'

/** What a command works with. Everything is made on first use, so that a command pays only for what it needs. */
export interface CliContext {
  readonly globals: GlobalOptions
  readonly signal: AbortSignal
  readonly color: Paint
  /** A line for people on stderr; nothing with `--quiet` or `--json`. */
  readonly note: (line: string) => void
  /** One event on stdout with `--json=stream`. */
  readonly emit: (event: unknown) => void
  readonly project: () => Promise<LoadedProject>
  readonly environment: (name?: string) => Promise<Environment>
  /** Opens the environment's database; rejects with YAMA_DATABASE_UNKNOWN where none is named. */
  readonly database: (name?: string) => Promise<OpenDatabase>
  readonly yama: (extra?: readonly Plugin[], options?: OpenOptions) => Promise<Yama>
  readonly authoring: () => Promise<AuthoringProject>
  /** Runs when the command has ended, whatever happened. */
  readonly defer: (work: () => Promise<void>) => void
}
