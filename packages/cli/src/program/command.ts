import type { Diagnostic } from '@yama/core'
import type { CliContext } from './cli-context.ts'
import type { ArgumentSpec, OptionSpec } from './option-spec.ts'

export type { ArgumentSpec, OptionSpec } from './option-spec.ts'

export interface CommandInput {
  readonly arguments: readonly (string | readonly string[] | undefined)[]
  readonly options: Readonly<Record<string, unknown>>
}

/** What a command gives back: data for machines, text for people, and how it ended. */
export interface CommandOutcome {
  /** `data` of the JSON envelope. */
  readonly data: unknown
  /** For stdout; absent where there is nothing to say. */
  readonly text?: string
  /** Default 0; see docs/reference/exit-codes.md. */
  readonly exitCode?: number
  readonly reason?: string
  readonly decisions?: readonly unknown[]
  readonly diagnostics?: readonly Diagnostic[]
}

/** One command, one file. Plain data, so that help, completion, reference pages and the parser agree. */
export interface CliCommand {
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly arguments?: readonly ArgumentSpec[]
  readonly options?: readonly OptionSpec[]
  readonly examples: readonly string[]
  run(context: CliContext, input: CommandInput): Promise<CommandOutcome>
}
