import type { CommandName } from './registry.ts'

/** First sentences of the commands; a test compares them with the commands themselves. */
export const summaries = {
  init: 'Set up a project: configuration, directories, driver, editor support.',
  doctor: 'Check Node, drivers, configuration, connection, rights and history.',
  pull: 'Write the entities of a database that exists.',
  baseline: 'Record migrations as applied without running them.',
  generate: 'Write the migration from the history to the entities.',
  new: 'Write an empty SQL, YAML or TypeScript migration.',
  validate: 'Check the entities and migration files, without a database.',
  fmt: 'Format entity files: canonical, expanded or compact.',
  show: 'Show what an entity resolves to, as data or SQL.',
  schema: 'Write the JSON Schema of entity files for editors.',
  plan: 'Show what would run, where, and what it locks and loses.',
  up: 'Apply pending migrations.',
  down: 'Revert applied migrations.',
  seed: 'Run the seed files of a development database.',
  reset: 'Empty a development database, migrate and seed it.',
  status: 'Show what is applied, pending, edited and missing.',
  history: 'Show what happened in a database, newest first.',
  graph: 'Draw the graph of migrations.',
  diff: 'Compare two states: entities, migrations, databases, git revisions.',
  check: 'Check files, graph and history, for CI.',
  repair: 'Accept an edit, or mark a migration as applied or reverted.',
  explain: 'Explain an error code.',
  completion: 'Print the completion script of a shell.',
} as const satisfies Record<CommandName, string>
