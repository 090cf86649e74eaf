import { buildGraph, statementLine, type EventRow } from '@yama/core'
import { offlineDialect } from '../config/open-dialect.ts'
import { cliErrors } from '../errors/errors.ts'
import { projectKind } from '../program/authoring-project.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CliCommand } from '../program/command.ts'
import { migrationSource } from '../program/migration-source.ts'
import { text } from '../program/option-values.ts'

export const why: CliCommand = {
  name: 'why',
  summary: 'Show which migrations touched a table or column, and who ran them.',
  description:
    'Lists every statement that created, changed or read the table or column, in order, with the migration, its author and ticket; renames are followed back, and what routines, triggers and keys do counts, as what a file says of itself with `yama:writes`. With `--env` or `--url` the runs of that database are shown too: when, by whom. Without, no database is contacted.',
  arguments: [{ name: '<object>', description: '`table`, `table.column`, `schema.table.column`' }],
  options: [{ flags: '--reads', description: 'also statements that only read it' }],
  examples: ['yama why users.email', 'yama why orders --env prod', 'yama why users --reads --json'],
  run: async (context, input) => {
    const name = text(input.arguments[0]) ?? ''
    const project = await context.project()
    const environment = await context.environment()
    const dialect = await offlineDialect(projectKind(project, environment))
    const judge = await dialect.commutativity?.()
    if (judge === undefined)
      throw cliErrors.YAMA_CLI_USAGE({ problem: `The dialect ${dialect.kind} does not tell effects.`, next: 'yama history' })
    const graph = buildGraph(await migrationSource(project, dialect, environment.name).load(context.signal))
    const { objectHistory } = await import('@yama/review')
    const all = await objectHistory(graph.order(), name, judge)
    const touches = input.options['reads'] === true ? all : all.filter(({ does }) => does !== 'reads')
    const runs = await runsOf(context)
    const data = touches.map(({ migration: { id, name: file, metadata }, statement, does, name: then, indirect }) => {
      const run = runs.get(id)
      return {
        migration: id,
        name: file,
        does,
        object: then,
        ...(indirect === undefined ? {} : { indirect }),
        statement,
        author: metadata.author,
        ticket: metadata.ticket,
        description: metadata.description,
        ...(run === undefined ? {} : { appliedAt: run.at, actor: run.actor, runId: run.runId }),
      }
    })
    const lines = data.flatMap((touch) => {
      const about = [touch.author, touch.ticket, touch.appliedAt === undefined ? undefined : `applied ${touch.appliedAt}${by(touch.actor)}`]
      const known = about.filter((part) => part !== undefined)
      return [
        `${touch.name} ${touch.does} ${touch.object}${touch.indirect === true ? ' by what it sets off' : ''}${known.length === 0 ? '' : ` (${known.join(', ')})`}`,
        `  ${statementLine(touch.statement)}`,
      ]
    })
    return { data: { object: name, touches: data }, text: lines.length === 0 ? `No migration touches ${name}.` : lines.join('\n') }
  },
}

const by = (actor: EventRow['actor'] | undefined): string => {
  const name = actor?.['osUser'] ?? actor?.['databaseUser']
  return name === undefined ? '' : ` by ${name}`
}

async function runsOf(context: CliContext): Promise<ReadonlyMap<string, EventRow>> {
  if (context.globals.env === undefined && context.globals.url === undefined) return new Map()
  const events = await (await context.yama([], { withoutFiles: true })).history()
  return new Map(
    events.flatMap((event) =>
      event.type === 'migration.succeeded' && event.migrationId !== undefined ? [[event.migrationId, event]] : [],
    ),
  )
}
