/** An option as commander reads it. */
export interface OptionSpec {
  readonly flags: string
  readonly description: string
  readonly default?: string | boolean
  readonly choices?: readonly string[]
  /** May be given several times; the value is a list. */
  readonly repeatable?: boolean
}

export interface ArgumentSpec {
  /** `<id>` is required, `[name]` may be missing, `[ids...]` takes the rest. */
  readonly name: string
  readonly description: string
}
