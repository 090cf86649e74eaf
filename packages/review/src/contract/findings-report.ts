import type { Diagnostic, ErrorSpec } from '@yama/core'

/** Findings of a command, for the formats that machines read. */
export interface FindingsReport {
  readonly command: 'check' | 'review'
  readonly project: string
  /** Of Yama. */
  readonly version: string
  readonly findings: readonly Diagnostic[]
  /** What was looked at: a passed test each, where nothing is wrong with it. */
  readonly subjects: readonly { readonly name: string; readonly file: string }[]
  /** From a file of the project to the same in the repository, which is what CI systems know. */
  readonly inRepository: (file: string) => string
  /** The file of a finding that has none: every format wants one. Relative to the project. */
  readonly otherwise: string
  /** What the codes mean. */
  readonly rules: ReadonlyMap<string, ErrorSpec>
}
