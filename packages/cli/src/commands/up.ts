import type { Target } from '@yama/core'
import type { CliCommand } from '../program/command.ts'
import { runPlan } from '../program/run-plan.ts'
import { WAIT_DB } from '../program/wait-for-database.ts'
import { number, text } from '../program/option-values.ts'

export const up: CliCommand = {
  name: 'up',
  summary: 'Apply pending migrations.',
  description:
    'Applies pending migrations in the order of the graph, each in its own transaction with its history row. Nothing pending takes no lock and writes nothing.',
  options: [
    { flags: '--bundle <file>', description: 'the migrations of a bundle instead of the files' },
    { flags: '--verify <key>', description: 'public key: only a bundle signed with its other half' },
    { flags: '--to <target>', description: 'up to and including it and what it needs: id, name, version, tag:NAME, head-2, ID+1, +1' },
    { flags: '--steps <count>', description: 'at most this many' },
    { flags: '--phase <phase>', description: 'only migrations of this phase', choices: ['expand', 'migrate', 'contract'] },
    { flags: '--backup [directory]', description: 'save the database before the run, default to backups/' },
    { flags: '--dry-run', description: 'show the plan, run nothing' },
    { flags: '--confirm <digest>', description: "the plan's digest, needed where data is lost" },
    WAIT_DB,
    { flags: '--allow-drift <reason>', description: 'run although what it touches was changed by hand; with `drift: "check"`' },
    { flags: '--allow-late <migration>', description: 'run a file that sorts before applied ones', repeatable: true },
  ],
  examples: ['yama up', 'yama up --to 20261120093000', 'yama up --env prod --confirm 1f2e3d4c5b6a7980'],
  run: async (context, input) => {
    const to = text(input.options['to'])
    const steps = number(input.options['steps'], '--steps')
    const phase = text(input.options['phase']) as 'expand' | 'migrate' | 'contract' | undefined
    const filter = phase === undefined ? {} : { phase }
    const target: Target =
      to !== undefined ? { up: to, ...filter } : steps !== undefined ? { upSteps: steps, ...filter } : { up: 'latest', ...filter }
    return runPlan(context, target, input.options)
  },
}
