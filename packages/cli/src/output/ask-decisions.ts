import type { Answers, Decision } from '@yama/authoring'

const leave = Symbol('leave')

/** Asks each question on the terminal; undefined when the person left. */
export async function askDecisions(open: readonly Decision[]): Promise<Answers | undefined> {
  const { select, isCancel } = await import('@clack/prompts')
  const answers: Record<string, string> = {}
  for (const decision of open) {
    const renames = decision.candidates.map((candidate) => ({
      value: `rename to ${candidate.to}`,
      label: `renamed to ${candidate.object}`,
      hint: `${Math.round(candidate.score * 100)} %: ${candidate.evidence.join(', ')}`,
    }))
    const answer: string | symbol = await select({
      message: `${decision.object} is gone. What happened?`,
      options: [
        ...renames,
        { value: 'drop', label: 'really dropped, its data is lost' },
        { value: leave.description ?? 'leave', label: 'leave, write nothing' },
      ],
    })
    if (isCancel(answer) || typeof answer !== 'string' || answer === leave.description) return undefined
    answers[decision.id] = answer
  }
  return answers
}
