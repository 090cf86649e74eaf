import { appliedSets, editOptions, editOutcome } from '../program/edit-outcome.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const drop: CliCommand = {
  name: 'drop',
  summary: 'Delete a migration that nobody has applied.',
  description:
    'Deletes its file; what followed it follows its parents. Everything is replayed in a scratch database; where it does not run without it, nothing is changed, and what the final schema loses is shown.',
  arguments: [{ name: '<migration>', description: 'id, name or version' }],
  options: editOptions,
  examples: ['yama drop m_email', 'yama drop m_email --env prod'],
  run: async (context, input) => {
    const { drop: apply } = await import('@yama/authoring')
    const applied = await appliedSets(context, input.options)
    return editOutcome(await apply(await context.authoring(), text(input.arguments[0]) ?? '', applied))
  },
}
