import type { PortQuestion } from '@yama/schema'

const SHOWN = 3

/** Every open question for people, and the file for `--decide` that answers them all with what the port supposes. */
export function describeQuestions(open: readonly PortQuestion[]): string {
  const questions = open.map(({ message, loss, answers, objects }) => {
    const places = objects
      .slice(0, SHOWN)
      .map(({ id, origin }) => (origin === undefined ? id : `${origin.file}:${origin.line}:${origin.column}`))
    const more = objects.length > SHOWN ? ` and ${objects.length - SHOWN} more` : ''
    return [`${message}: ${loss}`, `  at ${places.join(', ')}${more}`, `  answers: ${answers.join(' | ')}`].join('\n')
  })
  const file = open.map(({ id, answers: [first, ...others] }) => {
    const rest = others.length === 0 ? '' : `   # or: ${others.join(' | ')}`
    return `  ${JSON.stringify(id)}: ${JSON.stringify(first ?? '')}${rest}`
  })
  return [
    ...questions,
    ['A file for `--decide`, with what is supposed where you do not choose; an object’s own id wins over a group:', ...file].join('\n'),
  ].join('\n\n')
}
