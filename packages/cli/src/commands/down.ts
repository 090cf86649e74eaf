import type { Target } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliCommand } from '../program/command.ts'
import { number, text } from '../program/option-values.ts'
import { WAIT_DB } from '../program/wait-for-database.ts'
import { runPlan } from '../program/run-plan.ts'

export const down: CliCommand = {
  name: 'down',
  summary: 'Revert applied migrations.',
  description:
    'Reverts the last applied migration, or several, newest first, with the Down of each. What loses data needs the digest of the plan.',
  options: [
    { flags: '--bundle <file>', description: 'the migrations of a bundle instead of the files' },
    { flags: '--verify <key>', description: 'public key: only a bundle signed with its other half' },
    {
      flags: '--to <target>',
      description:
        'revert everything that it does not need, also on other branches: a migration, tag:NAME, head-2, -1, @{date}; "base" reverts all',
    },
    { flags: '--steps <count>', description: 'how many, default 1' },
    { flags: '--run <id>', description: 'revert exactly what this run applied; "last" is the newest' },
    WAIT_DB,
    { flags: '--backup [directory]', description: 'save the database before the run, default to backups/' },
    { flags: '--dry-run', description: 'show the plan, run nothing' },
    { flags: '--confirm <digest>', description: "the plan's digest, needed where data is lost" },
  ],
  examples: ['yama down', 'yama down --steps 2 --confirm 1f2e3d4c5b6a7980', 'yama down --to tag:v1.4', 'yama down --run last'],
  run: async (context, input) => {
    const [to, run, steps] = [text(input.options['to']), text(input.options['run']), number(input.options['steps'], '--steps')]
    if ([to, run, steps].filter((given) => given !== undefined).length > 1)
      throw cliErrors.YAMA_CLI_USAGE({ problem: '--to, --steps and --run exclude each other.', next: 'Give one of them.' })
    const target: Target = to !== undefined ? { downTo: to } : run !== undefined ? { downRun: run } : { down: steps ?? 1 }
    return runPlan(context, target, input.options)
  },
}
