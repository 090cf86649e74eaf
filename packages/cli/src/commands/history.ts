import type { EventRow, MigrationRow } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import { columns } from '../output/columns.ts'
import { header } from '../output/header.ts'
import type { CliCommand } from '../program/command.ts'
import { number, text } from '../program/option-values.ts'

export const history: CliCommand = {
  name: 'history',
  summary: 'Show what happened in a database, newest first.',
  description:
    'Prints the append-only log of the database: runs, migrations, failures, repairs, each with time, duration and who did it. `yama history pull` writes migrations whose files are gone back from the text that the database keeps.',
  arguments: [
    { name: '[migration]', description: 'only events of this migration; or `pull`' },
    { name: '[migrations...]', description: 'with pull: which, default all whose files are gone' },
  ],
  options: [
    { flags: '--limit <count>', description: 'how many events, default 50' },
    { flags: '--applied', description: 'only migrations that were applied or reverted' },
    { flags: '--force', description: 'with pull: overwrite files that say something else' },
  ],
  examples: ['yama history', 'yama history pull', 'yama history 20261120093000_create_users', 'yama history --env prod --limit 500 --json'],
  run: async (context, input) => {
    const more = Array.isArray(input.arguments[1]) ? (input.arguments[1] as readonly string[]) : []
    if (input.arguments[0] === 'pull')
      return (await import('../program/pull-history.ts')).pullHistory(context, more, input.options['force'] === true)
    if (more.length > 0)
      throw cliErrors.YAMA_CLI_USAGE({ problem: 'The history of one migration is shown at a time.', next: 'Name one, or none for all.' })
    // What happened is asked most when the files are in a bad state.
    const yama = await context.yama([], { withoutFiles: true })
    const named = text(input.arguments[0])
    const limit = number(input.options['limit'], '--limit') ?? 50
    const status = await yama.status()
    const id =
      named === undefined
        ? undefined
        : (status.history.migrations.find((row) => row.id === named || row.name === named || row.version === named)?.id ?? named)
    const all = await yama.history({ limit, ...(id === undefined ? {} : { migrationIds: [id] }) })
    const events = (
      input.options['applied'] === true ? all.filter(({ type }) => type === 'migration.succeeded' || type === 'migration.reverted') : all
    ).toSorted((a, b) => b.seq - a.seq)
    const rows = events.map((event) => [
      context.color.dim(event.at.replace('T', ' ').slice(0, 19)),
      event.type.includes('failed') ? context.color.red(event.type) : event.type,
      named === undefined ? (nameOf(status.history.migrations, event.migrationId) ?? '') : '',
      durationOf(event, status.history.migrations),
      [event.actor['osUser'] ?? event.actor['databaseUser'] ?? '', event.actor['host'] ?? ''].filter((part) => part !== '').join('@'),
      typeof event.payload['reason'] === 'string' ? event.payload['reason'] : '',
    ])
    const nothing = named === undefined ? 'Nothing has happened here yet.' : `Nothing is recorded here of ${named}.`
    return { data: events, text: rows.length === 0 ? nothing : `${await header(context)}\n${columns(rows)}` }
  },
}

/** A batch knows how long it took only when its events are written: the migration's row has the time then. */
function durationOf({ type, payload, runId, migrationId }: EventRow, rows: readonly MigrationRow[]): string {
  const own = payload['durationMs']
  const row = type === 'migration.succeeded' ? rows.find(({ id, runId: last }) => id === migrationId && last === runId) : undefined
  const ms = typeof own === 'number' ? own : row?.durationMs
  return ms === undefined ? '' : `${Math.round(ms)} ms`
}

function nameOf(rows: readonly { readonly id: string; readonly name: string }[], id: string | undefined): string | undefined {
  return id === undefined ? undefined : (rows.find((row) => row.id === id)?.name ?? id)
}
