import type { RepairAction } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

const actions = {
  'accept-edit': 'the edited file is accepted as what was applied',
  'mark-applied': 'recorded as applied; no statement was run',
  'mark-reverted': 'recorded as reverted; no statement was run',
} as const satisfies Record<RepairAction, string>

export const repair: CliCommand = {
  name: 'repair',
  summary: 'Accept an edit, or mark a migration as applied or reverted.',
  description:
    'Changes what the history says, never the schema. Each repair needs a reason and is an event of its own; nothing is rewritten.',
  arguments: [
    { name: '<action>', description: Object.keys(actions).join(', ') },
    { name: '<migration>', description: 'id, name or version' },
  ],
  options: [{ flags: '--reason <text>', description: 'why; kept in the history' }],
  examples: [
    'yama repair accept-edit 20261120093000 --reason "typo in a comment block"',
    'yama repair mark-reverted m_3F7K9Q2XWB --reason "dropped by hand"',
  ],
  run: async (context, input) => {
    const action = text(input.arguments[0]) ?? ''
    const migration = text(input.arguments[1]) ?? ''
    const reason = text(input.options['reason'])
    if (!(action in actions))
      throw cliErrors.YAMA_CLI_USAGE({ problem: `There is no repair ${action}.`, next: `Use ${Object.keys(actions).join(', ')}.` })
    if (reason === undefined || reason.trim() === '')
      throw cliErrors.YAMA_CLI_USAGE({ problem: 'A repair needs a reason.', next: `Add \`--reason "…"\`; it is kept in the history.` })
    const yama = await context.yama()
    await yama.repair(action as RepairAction, migration, { reason })
    return { data: { action, migration, reason }, text: `${migration}: ${actions[action as RepairAction]}` }
  },
}
