import { appliedSets, editOptions, editOutcome } from '../program/edit-outcome.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const rename: CliCommand = {
  name: 'rename',
  summary: 'Rename the file of a migration that nobody has applied.',
  description: 'Gives the file other words; number, id and parents stay.',
  arguments: [
    { name: '<migration>', description: 'id, name or version' },
    { name: '<words>', description: 'the new words: create_users' },
  ],
  options: editOptions,
  examples: ['yama rename m_email add_email_address'],
  run: async (context, input) => {
    const { rename: apply } = await import('@yama/authoring')
    const applied = await appliedSets(context, input.options)
    return editOutcome(await apply(await context.authoring(), text(input.arguments[0]) ?? '', text(input.arguments[1]) ?? '', applied))
  },
}
