import type { CliCommand } from '../program/command.ts'
import { header } from '../output/header.ts'
import { text } from '../program/option-values.ts'

export const pin: CliCommand = {
  name: 'pin',
  summary: 'Give a restored copy of a database to another environment.',
  description:
    'Each database knows the environment it belongs to, and a run for another one is refused. A copy of production that was restored for staging still says production: this gives it to the environment of `--env`, with a new id, as an event of the log. It never runs by itself.',
  options: [{ flags: '--reason <text>', description: 'why; kept in the history' }],
  examples: ['yama pin --env staging --reason "restored from the production backup of Monday"'],
  run: async (context, input) => {
    const { environment } = await context.database()
    const yama = await context.yama([], { withoutFiles: true })
    const { from } = await yama.pin({ reason: text(input.options['reason']) ?? '' })
    const was = from === undefined ? 'no environment' : from
    return {
      data: { from: from ?? null, to: environment.name },
      text: `${await header(context)}\nbelongs to ${environment.name} now; before: ${was}`,
    }
  },
}
