import type { CommitGroup, PlannedStep } from '../contract/plan.ts'
import { sha256Hex } from '../hash/sha256.ts'

/** The text of a step as the journal keeps it; a function has none. */
export const stepText = ({ step }: PlannedStep): string => (step.kind === 'sql' ? step.text : `(${step.kind})`)

/** What a group runs, so that a file which was edited after its group ran is noticed. */
export const groupHash = ({ steps }: CommitGroup): string => sha256Hex(steps.map(stepText).join('\n;\n'))
