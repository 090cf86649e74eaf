import { cliErrors } from '../errors/errors.ts'
import { appliedSets, editOptions, editOutcome } from '../program/edit-outcome.ts'
import type { CliCommand } from '../program/command.ts'
import { number, text } from '../program/option-values.ts'

export const split: CliCommand = {
  name: 'split',
  summary: 'Make two migrations or more of one that nobody has applied.',
  description:
    'The first keeps the id and the first statements, the second gets the rest and an id of its own; with `--by object` there is one for each table or other object, in an order that works, and objects that need each other stay together. What followed follows the last. Everything is replayed in a scratch database and must end in the same schema as before.',
  arguments: [{ name: '<migration>', description: 'id, name or version' }],
  options: [
    { flags: '--after <n>', description: 'how many statements stay in the first (1)' },
    { flags: '--by <what>', description: '`object`: one migration for each object', choices: ['object'] },
    ...editOptions,
  ],
  examples: ['yama split m_users --after 2', 'yama split m_users --by object'],
  run: async (context, input) => {
    const { split: apply, splitByObject } = await import('@yama/authoring')
    const byObject = input.options['by'] === 'object'
    if (byObject && input.options['after'] !== undefined)
      throw cliErrors.YAMA_CLI_USAGE({ problem: '--after and --by exclude each other.', next: 'Give one of them.' })
    const applied = await appliedSets(context, input.options)
    if (byObject) return editOutcome(await splitByObject(await context.authoring(), text(input.arguments[0]) ?? '', applied))
    const after = number(input.options['after'], '--after') ?? 1
    return editOutcome(await apply(await context.authoring(), text(input.arguments[0]) ?? '', after, applied))
  },
}
