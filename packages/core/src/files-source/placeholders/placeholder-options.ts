/** What stands for a placeholder: the text itself, or where a secret is read when the statement is sent. */
export type PlaceholderValue = string | number | boolean | { readonly secret: () => Promise<string> }

export interface PlaceholderOptions {
  /** By name; a placeholder that is not among them is refused. */
  readonly values: Readonly<Record<string, PlaceholderValue>>
  /** Also between dollar quotes, in the bodies of functions. Default false. */
  readonly inBodies?: boolean
}
