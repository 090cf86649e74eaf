import type { Phase } from '@yama/core'
import type { DecisionChoices } from './decide-renames.ts'

export interface GenerateOptions extends DecisionChoices {
  /** Words for the file's name; made from the change where absent. */
  readonly name?: string
  readonly phase?: Phase
  readonly ticket?: string
  readonly description?: string
  readonly numbering?: 'timestamp' | 'sequential'
  /** Apply Up and Down on a clone with rows, and report what was proved. */
  readonly prove: boolean
  /** Give the text back, write nothing. */
  readonly preview?: boolean
}
