import { columns } from '../output/columns.ts'
import { runExaminations } from '../program/examinations.ts'
import type { CliCommand } from '../program/command.ts'

export const doctor: CliCommand = {
  name: 'doctor',
  summary: 'Check Node, drivers, configuration, connection, rights and history.',
  description: 'Looks at everything that a run needs and says for each what is wrong and what to do. It changes nothing.',
  examples: ['yama doctor', 'yama doctor --env prod --json'],
  run: async (context) => {
    const found = await runExaminations(context)
    const marks = { ok: context.color.green('✓'), warning: context.color.yellow('!'), error: context.color.red('✗') }
    const bad = found.filter(({ state }) => state === 'error').length
    return {
      data: found,
      text: columns(
        found.map(({ state, subject, finding, next }) => [
          marks[state],
          subject,
          next === undefined ? finding : `${finding}  ${context.color.cyan('next:')} ${next}`,
        ]),
      ),
      exitCode: bad === 0 ? 0 : 78,
      reason: bad === 0 ? 'ok' : 'something is wrong',
    }
  },
}
