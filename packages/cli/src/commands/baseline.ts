import { cliErrors } from '../errors/errors.ts'
import { text } from '../program/option-values.ts'
import { header } from '../output/header.ts'
import type { CliCommand } from '../program/command.ts'

export const baseline: CliCommand = {
  name: 'baseline',
  summary: 'Record migrations as applied without running them.',
  description:
    'For a database that exists already: records migrations as applied, with a reason, without running a statement. Where the project has no migrations yet, first writes one from the entities, so that an empty database reaches the same schema.',
  arguments: [{ name: '[migrations...]', description: 'which, default all' }],
  options: [
    { flags: '--reason <text>', description: 'why; kept in the history', default: 'baseline of an existing database' },
    { flags: '--detect', description: 'find out up to which migration the database corresponds, by running them in a scratch database' },
    { flags: '--dry-run', description: 'with --detect: only say so, record nothing' },
  ],
  examples: ['yama baseline', 'yama baseline --detect --dry-run', 'yama baseline 20261120093000_create_users --reason "created by hand"'],
  run: async (context, input) => {
    const named = Array.isArray(input.arguments[0]) ? (input.arguments[0] as string[]) : []
    if (input.options['detect'] === true) {
      if (named.length > 0)
        throw cliErrors.YAMA_CLI_USAGE({ problem: '--detect finds the migrations itself.', next: 'Leave the names out.' })
      return (await import('../program/detect-existing.ts')).detectExisting(context, input.options)
    }
    const written = named.length === 0 ? await writeFirst(context) : undefined
    const yama = await context.yama()
    const report = await yama.baseline(named.length === 0 ? 'all' : named, { reason: text(input.options['reason']) ?? '' })
    const nothing = async (): Promise<string> =>
      (await yama.status()).applied.length > 0
        ? 'Nothing to record: every migration is applied already.'
        : 'Nothing to record: there are no migrations, and no entities to write one from. `yama pull` writes the entities of a database that exists.'
    const lines = report.applied.length === 0 ? [await nothing()] : report.applied.map((id) => `  recorded ${id}`)
    return {
      data: { recorded: report.applied, ...(written === undefined ? {} : { written }) },
      text: [await header(context), ...(written === undefined ? [] : [`wrote ${written}`]), ...lines].join('\n'),
      diagnostics: report.diagnostics,
    }
  },
}

async function writeFirst(context: Parameters<CliCommand['run']>[0]): Promise<string | undefined> {
  const project = await context.authoring()
  if ((await project.migrations.load(context.signal)).length > 0) return undefined
  const { generate } = await import('@yama/authoring')
  const made = await generate(project, { name: 'baseline', prove: false })
  return made.status === 'written' ? made.files.join(', ') : undefined
}
