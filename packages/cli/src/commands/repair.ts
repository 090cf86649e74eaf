import type { RepairAction } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'
import { header } from '../output/header.ts'
import { paintDiff } from '../output/paint-diff.ts'

const actions = {
  'accept-edit': 'the edited file is accepted as what was applied',
  'mark-applied': 'recorded as applied; no statement was run',
  'mark-reverted': 'recorded as reverted; no statement was run',
  retry: 'its attempt is forgotten, so that it can be run again; no statement was run',
  forget: 'taken out of the state; its events stay',
} as const satisfies Record<RepairAction, string>
const names = [...Object.keys(actions), 'rebuild-state']

export const repair: CliCommand = {
  name: 'repair',
  summary: 'Bring the history in line with what a person knows.',
  description:
    'Changes what the history says, never the schema. `accept-edit`, `mark-applied`, `mark-reverted`, `retry` (an attempt that did not end) and `forget` (its file is gone for ever) are about one migration; `rebuild-state` makes the rows of the state again from the log. Each repair needs a reason and is an event of its own; nothing is rewritten.',
  arguments: [
    { name: '<action>', description: names.join(', ') },
    { name: '[migration]', description: 'id, name or version; not for rebuild-state' },
  ],
  options: [{ flags: '--reason <text>', description: 'why; kept in the history' }],
  examples: [
    'yama repair accept-edit 20261120093000 --reason "typo in a comment block"',
    'yama repair mark-reverted m_3F7K9Q2XWB --reason "dropped by hand"',
    'yama repair retry 042_big_index --reason "the disk has space again"',
    'yama repair rebuild-state --reason "the table was truncated by mistake"',
  ],
  run: async (context, input) => {
    const action = text(input.arguments[0]) ?? ''
    const migration = text(input.arguments[1])
    const reason = text(input.options['reason'])
    if (!names.includes(action))
      throw cliErrors.YAMA_CLI_USAGE({ problem: `There is no repair ${action}.`, next: `Use ${names.join(', ')}.` })
    if ((migration === undefined) !== (action === 'rebuild-state'))
      throw cliErrors.YAMA_CLI_USAGE({
        problem: migration === undefined ? `${action} needs a migration.` : `${action} is about all of them, not ${migration}.`,
        next: 'See `yama repair --help`.',
      })
    if (reason === undefined || reason.trim() === '')
      throw cliErrors.YAMA_CLI_USAGE({ problem: 'A repair needs a reason.', next: `Add \`--reason "…"\`; it is kept in the history.` })
    const yama = await context.yama()
    if (migration === undefined) {
      const report = await yama.rebuildState({ reason })
      const lines = [
        ...report.written.map(
          (id) => `  ${id}: written from the log${report.withoutText.includes(id) ? ', its text is nowhere any more' : ''}`,
        ),
        ...report.removed.map((id) => `  ${id}: taken out, the log does not know it`),
      ]
      return { data: { action, reason, ...report }, text: [await header(context), ...lines].join('\n') }
    }
    const edit = action === 'accept-edit' ? (await yama.edits()).find(({ id }) => id === migration || id.startsWith(migration)) : undefined
    await yama.repair(action as RepairAction, migration, { reason })
    const said = `${migration}: ${actions[action as RepairAction]}`
    return {
      data: { action, migration, reason, ...(edit === undefined ? {} : { diff: edit.diff }) },
      text: [await header(context), ...(edit === undefined ? [] : [paintDiff(edit.diff, context.color)]), said].join('\n'),
    }
  },
}
