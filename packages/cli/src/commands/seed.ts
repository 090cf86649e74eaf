import { header } from '../output/header.ts'
import type { CliCommand } from '../program/command.ts'
import { refuseProduction } from '../program/refuse-production.ts'
import { runSeeds } from '../program/run-seeds.ts'

export const seed: CliCommand = {
  name: 'seed',
  summary: 'Run the seed files of a development database.',
  description:
    'Runs seed.sql (beside or above the migrations, or as configured), each file in one transaction. Refused where the environment is marked production.',
  examples: ['yama seed', 'yama seed --env dev'],
  run: async (context) => {
    await refuseProduction(context, 'seed')
    // A database of another environment is not seeded.
    await (await context.yama([], { withoutFiles: true })).status()
    const files = await runSeeds(context)
    return {
      data: { files },
      text: [await header(context), ...(files.length === 0 ? ['There is no seed file.'] : files.map((file) => `  seeded ${file}`))].join(
        '\n',
      ),
    }
  },
}
