import type { CliCommand } from '../program/command.ts'
import { WAIT_DB } from '../program/wait-for-database.ts'

export const verify: CliCommand = {
  name: 'verify',
  summary: 'Verify that a database is what its history and files say.',
  description:
    'Compares files with history, the log with its hashes and with the state, the live schema with the one that the last run left (or the `state:` header), and asks the database for invalid indexes, constraints that were never validated, rows that break a foreign key, and damage; then the queries of `verify`. Nothing is changed. A cheap part of it runs after every `yama up`.',
  options: [
    { flags: '--strict', description: 'warnings count too: constraints that are not validated, pending migrations' },
    { flags: '--no-data', description: 'only what the catalogue tells: no row is read' },
    WAIT_DB,
  ],
  examples: ['yama verify', 'yama verify --env prod --strict --json'],
  run: async (context, input) => (await import('../verify/verify-database.ts')).verifyDatabase(context, input.options),
}
