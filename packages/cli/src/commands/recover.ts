import type { RecoveryTarget } from '@yama/core'
import { describeHolder } from '@yama/core/dialect-kit'
import { cliErrors } from '../errors/errors.ts'
import { renderOpen } from '../output/render-open.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CliCommand, CommandInput, CommandOutcome } from '../program/command.ts'
import { openWithOptions } from '../program/open-with-options.ts'
import { text } from '../program/option-values.ts'
import { runPlan } from '../program/run-plan.ts'

export const recover: CliCommand = {
  name: 'recover',
  summary: 'Look at a run that did not end; finish it, undo it, or say what it did.',
  description:
    'Compares the objects of the statement that was under way with what they were before it. Without an option it only looks. Where the database shows enough, `yama up` continues by itself.',
  options: [
    { flags: '--continue', description: 'run what is left of it' },
    { flags: '--undo', description: 'run the Down of what took effect' },
    { flags: '--mark <state>', description: 'record the migration as it is, and run nothing', choices: ['applied', 'reverted'] },
    {
      flags: '--assume <effect>',
      description: 'whether the statement of which nothing can be told took effect',
      choices: ['done', 'undone'],
    },
    { flags: '--reason <text>', description: 'why; needed for `--mark`, kept in the history' },
    { flags: '--dry-run', description: 'show the plan, run nothing' },
    { flags: '--confirm <digest>', description: "the plan's digest, needed where data is lost" },
  ],
  examples: ['yama recover', 'yama recover --continue', 'yama recover --mark applied --reason "finished by hand"'],
  run: async (context, input) => {
    const { options } = input
    const chosen = ['continue', 'undo', 'mark'].filter((name) => options[name] !== undefined)
    if (chosen.length > 1)
      throw cliErrors.YAMA_CLI_USAGE({ problem: `--${chosen.join(' and --')} exclude each other.`, next: 'Give one of them.' })
    if (options['mark'] !== undefined) return await mark(context, input)
    const [way] = chosen
    if (way === undefined) return await look(context, input)
    const assume = text(options['assume']) as RecoveryTarget['assume']
    const target: RecoveryTarget = { recover: way === 'undo' ? 'undo' : 'continue', ...(assume === undefined ? {} : { assume }) }
    return await runPlan(context, target, options)
  },
}

async function look(context: CliContext, { options }: CommandInput): Promise<CommandOutcome> {
  const yama = await openWithOptions(context, options, [])
  const open = await yama.open()
  const lock = open.length === 0 ? await yama.lock() : undefined
  if (lock?.alive === 'yes') {
    const holder = describeHolder(lock.holder)
    return {
      data: { open },
      text: `A run is under way, and nothing is left of earlier ones: ${holder}.`,
      reason: 'a run is under way',
    }
  }
  return {
    data: { open },
    text:
      open.length === 0
        ? 'Every run has ended; there is nothing to recover.'
        : open.map((each) => renderOpen(each, context.color)).join('\n\n'),
    reason: open.length === 0 ? 'nothing to recover' : 'a run did not end',
  }
}

async function mark(context: CliContext, { options }: CommandInput): Promise<CommandOutcome> {
  const state = text(options['mark'])
  const reason = text(options['reason'])
  if (reason === undefined || reason.trim() === '')
    throw cliErrors.YAMA_CLI_USAGE({
      problem: 'Marking a migration needs a reason.',
      next: 'Add `--reason "…"`; it is kept in the history.',
    })
  const yama = await openWithOptions(context, options, [])
  const open = await yama.open()
  const shown = open.map((each) => renderOpen(each, context.color)).join('\n\n')
  for (const { id } of open) await yama.repair(state === 'applied' ? 'mark-applied' : 'mark-reverted', id, { reason })
  const done = open.map(({ name }) => `${name}: recorded as ${state ?? ''}; no statement was run`)
  return {
    data: { open, marked: open.map(({ id }) => id), state, reason },
    text: open.length === 0 ? 'Every run has ended; there is nothing to mark.' : [shown, '', ...done].join('\n'),
    reason: open.length === 0 ? 'nothing to recover' : 'marked',
  }
}
