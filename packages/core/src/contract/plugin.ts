import type { Diagnostic } from './diagnostic.ts'
import type { Dialect } from './dialect.ts'
import type { HistoryState } from './history.ts'
import type { HookHandlers } from './hooks.ts'
import type { MigrationGraph } from './graph.ts'
import type { StepContext, StepKinds } from './migration.ts'
import type { Yama } from './run.ts'

/** Generation of the plugin contract; changes only when the contract breaks. */
export const PLUGIN_API = 1

export interface CheckContext {
  readonly graph: MigrationGraph
  readonly history: HistoryState | undefined
  readonly dialect: Dialect
  readonly signal: AbortSignal
}
/** A named question about the project whose answers are diagnostics. */
export interface Check {
  readonly id: string
  readonly description: string
  run(context: CheckContext): Promise<readonly Diagnostic[]>
}

export interface CommandOption {
  readonly flags: string
  readonly description: string
  readonly default?: string | boolean
}
export interface CommandContext {
  readonly yama: Yama
  readonly options: Readonly<Record<string, unknown>>
  readonly arguments: readonly string[]
  /** Writes a line of data to stdout. */
  readonly print: (line: string) => void
  readonly signal: AbortSignal
}
/** A CLI command as plain data, so that the CLI and other hosts can offer it. */
export interface PluginCommand {
  readonly name: string
  readonly description: string
  readonly arguments?: readonly string[]
  readonly options?: readonly CommandOption[]
  /** The `data` of the JSON envelope. */
  run(context: CommandContext): Promise<unknown>
}

export interface Plugin {
  readonly name: string
  /** Compared with PLUGIN_API on load; a mismatch is YAMA_PLUGIN_API. */
  readonly api: typeof PLUGIN_API
  readonly requires?: readonly string[]
  readonly hooks?: HookHandlers
  readonly steps?: { readonly [K in keyof StepKinds]?: (step: StepKinds[K], context: StepContext) => Promise<void> }
  readonly checks?: readonly Check[]
  readonly commands?: readonly PluginCommand[]
}
