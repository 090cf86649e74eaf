import { cliErrors } from '../errors/errors.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

const actions = ['verify', 'export'] as const

export const audit: CliCommand = {
  name: 'audit',
  summary: 'Verify or export the log of everything that was done.',
  description:
    '`verify` reads the whole log, checks that every event is hashed over the one before it and that the recorded state is what the log leads to, and names rows that were changed, deleted, moved or added. `export` writes the log as JSON Lines or CSV.',
  arguments: [{ name: '<action>', description: actions.join(', ') }],
  options: [
    { flags: '--head <seq:hash>', description: 'verify: the end that was kept elsewhere must still be in the log' },
    { flags: '--format <format>', description: 'export: how', choices: ['jsonl', 'csv'], default: 'jsonl' },
    { flags: '--out <file>', description: 'export: write a file instead of stdout' },
    { flags: '--since <time>', description: 'export: from this time on, 2026-11-20 or 2026-11-20T09:30:00Z' },
    { flags: '--until <time>', description: 'export: up to this time; a date means its end' },
    { flags: '--type <type>', description: 'export: only events of this type, such as migration.failed', repeatable: true },
    { flags: '--migration <migration>', description: 'export: only events of this migration' },
  ],
  examples: [
    'yama audit verify',
    'yama audit verify --env prod --head 1042:9f2c41d0',
    'yama audit export --format csv --since 2026-11-01 --out november.csv',
  ],
  run: async (context, input) => {
    const action = text(input.arguments[0])
    if (action === 'verify') return (await import('../audit/verify-log.ts')).verifyLog(context, input.options)
    if (action === 'export') return (await import('../audit/export-log.ts')).exportLog(context, input.options)
    throw cliErrors.YAMA_CLI_USAGE({ problem: `There is no audit ${action ?? ''}.`, next: `Use ${actions.join(' or ')}.` })
  },
}
