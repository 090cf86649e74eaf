import { cliErrors } from '../errors/errors.ts'
import { appliedSets, editOptions, editOutcome } from '../program/edit-outcome.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const reorder: CliCommand = {
  name: 'reorder',
  summary: 'Put a migration that nobody has applied elsewhere in its line.',
  description:
    'Takes it out of its place and puts it directly before or after another one; what followed it follows its parents, and ids stay. Everything is replayed in a scratch database; where it does not run, nothing is changed, and where the final schema differs, that is shown. What is applied in an environment that is named is refused.',
  arguments: [{ name: '<migration>', description: 'id, name or version' }],
  options: [
    { flags: '--before <migration>', description: 'what it comes directly before' },
    { flags: '--after <migration>', description: 'what it comes directly after' },
    ...editOptions,
  ],
  examples: ['yama reorder m_email --before m_index', 'yama reorder m_email --after m_base --state prod.json'],
  run: async (context, input) => {
    const { reorder: apply } = await import('@yama/authoring')
    const [before, after] = [text(input.options['before']), text(input.options['after'])]
    if ((before === undefined) === (after === undefined))
      throw cliErrors.YAMA_CLI_USAGE({ problem: 'A new place is needed.', next: 'Give --before or --after.' })
    const applied = await appliedSets(context, input.options)
    const place = before === undefined ? { after: after ?? '' } : { before }
    return editOutcome(await apply(await context.authoring(), text(input.arguments[0]) ?? '', place, applied))
  },
}
