import { header } from '../output/header.ts'
import { planData } from '../output/plan-data.ts'
import { renderPlan } from '../output/render-plan.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'
import { refuseProduction } from '../program/refuse-production.ts'
import { runSeeds } from '../program/run-seeds.ts'

export const seed: CliCommand = {
  name: 'seed',
  summary: 'Run the seed files that are new or changed.',
  description:
    'Runs seed.sql, the files of seed/ and those of seed/<environment>/ (or as configured), each in one transaction, if they are new or changed since they ran last here. Refused where the environment is marked production, unless it says `seed: true`.',
  options: [
    { flags: '--force', description: 'run them all, also those that did not change' },
    { flags: '--dry-run', description: 'show what would run, run nothing' },
    { flags: '--confirm <digest>', description: "the plan's digest, needed where data is lost in production" },
  ],
  examples: ['yama seed', 'yama seed --env dev --force', 'yama seed --dry-run'],
  run: async (context, input) => {
    const { environment } = await context.database()
    if (environment.config.seed !== true) await refuseProduction(context, 'seed')
    const dryRun = input.options['dryRun'] === true
    const { files, ran, plan } = await runSeeds(context, {
      force: input.options['force'] === true,
      dryRun,
      confirm: text(input.options['confirm']),
      strict: environment.production,
    })
    const kept = files.filter((file) => !ran.includes(file))
    const lines = [
      ...ran.map((file) => (dryRun ? `  would seed ${file}` : `  seeded ${file}`)),
      ...kept.map((file) => `  unchanged ${file}`),
      ...(files.length === 0 ? ['There is no seed file.'] : []),
      ...(dryRun && plan !== undefined ? ['', renderPlan(plan, context.color)] : []),
    ]
    return {
      data: { files, ran, unchanged: kept, ...(plan === undefined ? {} : { plan: planData(plan) }), dryRun },
      text: [await header(context), ...lines].join('\n'),
      reason: ran.length === 0 ? 'no changes' : 'ok',
    }
  },
}
