import { appliedSets, editOptions, editOutcome } from '../program/edit-outcome.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const rebase: CliCommand = {
  name: 'rebase',
  summary: 'Put a migration that nobody has applied after another one.',
  description:
    'Writes new parents into its header, keeps its id, and writes the links of what follows it anew. Everything is replayed in a scratch database; where it does not run, nothing is changed, and where the final schema differs, that is shown. One that is applied in an environment that is named is refused.',
  arguments: [{ name: '<migration>', description: 'id, name or version' }],
  options: [{ flags: '--onto <migration>', description: 'what it comes after' }, ...editOptions],
  examples: ['yama rebase m_email --onto m_index', 'yama rebase m_email --onto m_index --state prod.json'],
  run: async (context, input) => {
    const { rebase: apply } = await import('@yama/authoring')
    const applied = await appliedSets(context, input.options)
    return editOutcome(await apply(await context.authoring(), text(input.arguments[0]) ?? '', text(input.options['onto']) ?? '', applied))
  },
}
