import { appliedSets, editOptions, editOutcome } from '../program/edit-outcome.ts'
import type { CliCommand } from '../program/command.ts'
import { number, text } from '../program/option-values.ts'

export const split: CliCommand = {
  name: 'split',
  summary: 'Make two migrations of one that nobody has applied.',
  description:
    'The first keeps the id and the first statements, the second gets the rest and an id of its own; what followed follows the second. Everything is replayed in a scratch database and must end in the same schema as before.',
  arguments: [{ name: '<migration>', description: 'id, name or version' }],
  options: [{ flags: '--after <n>', description: 'how many statements stay in the first', default: '1' }, ...editOptions],
  examples: ['yama split m_users --after 2'],
  run: async (context, input) => {
    const { split: apply } = await import('@yama/authoring')
    const applied = await appliedSets(context, input.options)
    const after = number(input.options['after'], '--after') ?? 1
    return editOutcome(await apply(await context.authoring(), text(input.arguments[0]) ?? '', after, applied))
  },
}
