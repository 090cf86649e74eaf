import type { Target } from '@yama/core'
import type { CliCommand } from '../program/command.ts'
import { number, text } from '../program/option-values.ts'
import { runPlan } from '../program/run-plan.ts'

export const down: CliCommand = {
  name: 'down',
  summary: 'Revert applied migrations.',
  description:
    'Reverts the last applied migration, or several, newest first, with the Down of each. What loses data needs the digest of the plan.',
  options: [
    { flags: '--to <migration>', description: 'revert everything applied after this one; "base" reverts all' },
    { flags: '--steps <count>', description: 'how many, default 1' },
    { flags: '--dry-run', description: 'show the plan, run nothing' },
    { flags: '--confirm <digest>', description: "the plan's digest, needed where data is lost" },
    { flags: '--lock-wait <duration>', description: 'how long to wait for another run: 30s, 5m, 0' },
  ],
  examples: ['yama down', 'yama down --steps 2 --confirm 1f2e3d4c5b6a7980', 'yama down --to 20261120093000'],
  run: async (context, input) => {
    const to = text(input.options['to'])
    const target: Target = to !== undefined ? { downTo: to } : { down: number(input.options['steps'], '--steps') ?? 1 }
    return runPlan(context, target, input.options)
  },
}
