import type { Answers, Decision } from '@yama/authoring'
import { ask } from './ask.ts'

const LEAVE = 'leave'

/** Asks each question on the terminal; undefined when the person chose to leave, YAMA_INTERRUPTED with Ctrl-C. */
export async function askDecisions(open: readonly Decision[], signal: AbortSignal): Promise<Answers | undefined> {
  const answers: Record<string, string> = {}
  for (const decision of open) {
    const renames = decision.candidates.map((candidate) => ({
      value: `rename to ${candidate.to}`,
      label: `renamed to ${candidate.object}`,
      hint: `${Math.round(candidate.score * 100)} %: ${candidate.evidence.join(', ')}`,
    }))
    const options = [
      ...renames,
      { value: 'drop', label: 'really dropped, its data is lost' },
      { value: LEAVE, label: 'leave, write nothing' },
    ]
    const message = `${decision.object} is gone. What happened?`
    const answer = await ask<string>(signal, 'Nothing was written.', ({ select }, asking) => select({ message, options, ...asking }))
    if (answer === LEAVE) return undefined
    answers[decision.id] = answer
  }
  return answers
}
