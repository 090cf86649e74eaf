import type { CliCommand } from '../program/command.ts'
import { appliedSets, editOptions, editOutcome } from '../program/edit-outcome.ts'
import { text, texts } from '../program/option-values.ts'

export const squash: CliCommand = {
  name: 'squash',
  summary: 'Put one proven checkpoint in the place of old migrations.',
  description:
    'Migrations that are named, and that nobody has applied, become one: it keeps the id of the first, and the final schema is compared. Without names a checkpoint is written: it replays the migrations in scratch databases, writes one that builds the same schema and rows, proves that it does, and moves the originals to archive/. New databases start from it, those that have all of the originals adopt it, and those that have a part go on from the archive.',
  arguments: [{ name: '[migrations...]', description: 'several that nobody has applied, to be one: ids, names or versions' }],
  options: [
    { flags: '--to <migration>', description: 'up to and including this one and what it needs; default everything' },
    { flags: '--name <words>', description: 'words for the file name; of a checkpoint `checkpoint`, else as the first' },
    { flags: '--preview', description: 'prove and print the checkpoint, write nothing' },
    ...editOptions,
  ],
  examples: [
    'yama squash',
    'yama squash m_email m_email_index --name email',
    'yama squash --to 20261120093000 --name release_3',
    'yama squash --preview',
  ],
  run: async (context, input) => {
    const authoring = await import('@yama/authoring')
    const [to, name] = [text(input.options['to']), text(input.options['name'])]
    const preview = input.options['preview'] === true
    const several = texts(input.arguments[0])
    if (several.length > 0)
      return editOutcome(await authoring.fold(await context.authoring(), several, name, await appliedSets(context, input.options)))
    const report = await authoring.squash(await context.authoring(), {
      preview,
      ...(to === undefined ? {} : { to }),
      ...(name === undefined ? {} : { name: name.trim().replaceAll(/\W+/g, '_') }),
    })
    const { text: sql, covers, moved, rows, file } = report
    return {
      data: { ...report, preview },
      text: preview
        ? sql
        : [
            `wrote ${file}: stands for ${covers.length} migrations, with ${rows} row(s)`,
            `proven: schema ${report.stateHash}, rows ${report.dataDigest}`,
            ...moved.map(({ from, to: target }) => `  moved ${from} → ${target}`),
          ].join('\n'),
    }
  },
}
