import { cliErrors } from '../errors/errors.ts'
import { header } from '../output/header.ts'
import { ask } from '../output/ask.ts'
import type { CliCommand } from '../program/command.ts'
import { environmentScope } from '../program/open-database.ts'
import { text } from '../program/option-values.ts'
import { redactUrl } from '../config/redact-url.ts'
import { refuseProduction } from '../program/refuse-production.ts'
import { runPlan } from '../program/run-plan.ts'
import { runSeeds } from '../program/run-seeds.ts'
import { authoringErrors } from '@yama/authoring'

export const reset: CliCommand = {
  name: 'reset',
  summary: 'Empty a development database, migrate and seed it.',
  description:
    "Drops every object in the database but Yama's own tables, applies all migrations and runs the seeds; the history tells of it. Refused where the environment is marked production; otherwise the name of the environment confirms it.",
  options: [
    { flags: '--confirm <environment>', description: 'the name of the environment that may be emptied' },
    { flags: '--no-seed', description: 'leave the seeds out' },
  ],
  examples: ['yama reset', 'yama reset --env dev --confirm dev'],
  run: async (context, input) => {
    await refuseProduction(context, 'reset')
    const { environment, dialect, whole } = await context.database()
    await confirmed(context, environment.name, text(input.options['confirm']))
    const { schema } = (await whole()).extensions
    if (schema === undefined) throw authoringErrors.YAMA_DIALECT_NO_SCHEMA({ dialect: dialect.kind })
    // Files that cannot run are found before anything is emptied.
    const yama = await context.yama([], { mustExist: true })
    await yama.graph()
    const scope = { ...environmentScope(environment), include: [], exclude: [] }
    await yama.reset((connection) => schema.clear(connection, scope), { reason: 'yama reset' })
    await yama[Symbol.asyncDispose]()
    context.note(`${await header(context)}: emptied`)
    const run = await runPlan(context, { up: 'latest' }, {})
    const seeds = input.options['seed'] === false ? [] : (await runSeeds(context)).ran
    return { ...run, data: { run: run.data, seeds }, text: [run.text ?? '', ...seeds.map((file) => `  seeded ${file}`)].join('\n') }
  },
}

async function confirmed(context: Parameters<CliCommand['run']>[0], name: string, given: string | undefined): Promise<void> {
  if (given === name) return
  const { environment } = await context.database()
  const consequence = `everything in ${redactUrl(environment.database?.url ?? '')} is dropped`
  if (given !== undefined || !context.globals.interactive)
    throw cliErrors.YAMA_CONFIRM_TEXT_NEEDED({ command: 'reset', consequence, expected: name })
  const message = `${consequence}. Type ${name} to go on`
  const answer = await ask<string>(context.signal, 'Nothing was done.', (prompts, asking) => prompts.text({ message, ...asking }))
  if (answer.trim() !== name) throw cliErrors.YAMA_CONFIRM_REFUSED({})
}
