import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { eventPages, type EventRow, type MigrationRow, type Yama } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { text, texts } from '../program/option-values.ts'
import { csvLine } from './csv.ts'

/** Writes the log page by page, so that a long one needs no more memory than a short one. */
export async function exportLog(context: CliContext, options: Readonly<Record<string, unknown>>): Promise<CommandOutcome> {
  const out = text(options['out'])
  const json = context.globals.json !== false
  if (json && out === undefined)
    throw cliErrors.YAMA_CLI_USAGE({ problem: 'With --json the log needs a file.', next: 'Add `--out FILE`, or leave `--json` out.' })
  const wanted = await filterOf(context, options)
  const yama = await context.yama([], { withoutFiles: true })
  const rows = new Map((await yama.status()).history.migrations.map((row) => [row.id, row]))
  const format = options['format'] === 'csv' ? csv : jsonl
  const stream = out === undefined ? process.stdout : createWriteStream(out)
  let failed: Error | undefined
  // Without a listener a stream that cannot be opened or written ends the process.
  if (out !== undefined) stream.on('error', (error) => (failed ??= Object.assign(error, { path: out })))
  let [read, written, told] = [0, 0, performance.now()]
  const send = async (line: string): Promise<void> => {
    if (failed !== undefined) throw failed
    if (!stream.write(line)) await once(stream, 'drain', { signal: context.signal })
  }
  if (format.head !== '') await send(format.head)
  for await (const page of eventPages({ events: (filter) => yama.history(filter) })) {
    const chosen = page.filter(wanted)
    if (chosen.length > 0) await send(chosen.map((event) => format.line(event, rows.get(event.migrationId ?? ''))).join(''))
    written += chosen.length
    read += page.length
    if (performance.now() - told < 1000) continue
    told = performance.now()
    context.note(`  … ${read} events read`)
  }
  if (out !== undefined) {
    stream.end()
    await finished(stream)
    return { data: { events: written, file: out }, text: `${written} event(s) written to ${out}` }
  }
  return { data: { events: written } }
}

async function filterOf(context: CliContext, options: Readonly<Record<string, unknown>>): Promise<(event: EventRow) => boolean> {
  const since = time(options['since'], '--since', 'T00:00:00.000Z')
  const until = time(options['until'], '--until', 'T23:59:59.999Z')
  const types = new Set(texts(options['type']))
  const named = text(options['migration'])
  const id = named === undefined ? undefined : await idOf(await context.yama([], { withoutFiles: true }), named)
  return ({ at, type, migrationId }) =>
    (since === undefined || at >= since) &&
    (until === undefined || at <= until) &&
    (types.size === 0 || types.has(type)) &&
    (id === undefined || migrationId === id)
}

async function idOf(yama: Yama, named: string): Promise<string> {
  const { migrations } = (await yama.status()).history
  return migrations.find((row) => row.id === named || row.name === named || row.version === named)?.id ?? named
}

function time(value: unknown, option: string, ofDay: string): string | undefined {
  if (value === undefined) return undefined
  const given = String(value)
  const parsed = new Date(/^\d{4}-\d\d-\d\d$/.test(given) ? `${given}${ofDay}` : given)
  if (Number.isNaN(parsed.getTime()))
    throw cliErrors.YAMA_CLI_USAGE({ problem: `${option} takes a time, not ${given}.`, next: `For example ${option} 2026-11-20.` })
  return parsed.toISOString()
}

/** A batch knows how long it took only when its events are written; the migration's row has the time then. */
const durationOf = ({ payload, seq }: EventRow, row: MigrationRow | undefined): number | undefined => {
  const own = payload['durationMs']
  return typeof own === 'number' ? own : row?.appliedSeq === seq ? row.durationMs : undefined
}

interface Format {
  readonly head: string
  line(event: EventRow, row: MigrationRow | undefined): string
}

const jsonl: Format = {
  head: '',
  line: (event, row) => {
    const durationMs = durationOf(event, row)
    return `${JSON.stringify({ ...event, ...(durationMs === undefined ? {} : { durationMs }) })}\n`
  },
}

const ACTOR = ['databaseUser', 'osUser', 'host', 'application', 'ciSystem', 'ciJob', 'ciUrl', 'gitCommit'] as const

const csv: Format = {
  head: csvLine([
    ...['seq', 'at', 'run_id', 'type', 'migration_id', 'name', 'attempt', 'duration_ms', 'rows', 'plan', 'tool_version', 'reason', 'error'],
    ...ACTOR.map((key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
    ...['payload', 'prev_hash', 'hash'],
  ]),
  line: (event, row) => {
    const { seq, at, runId, type, migrationId, attempt, payload, actor, prevHash, hash } = event
    const error = payload['code'] === undefined ? undefined : `${String(payload['code'])}: ${String(payload['message'] ?? '')}`
    return csvLine([
      ...[
        seq,
        at,
        runId,
        type,
        migrationId,
        payload['name'] ?? row?.name,
        attempt,
        durationOf(event, row),
        payload['rows'],
        payload['plan'],
      ],
      ...[payload['toolVersion'], payload['reason'], error, ...ACTOR.map((key) => actor[key]), payload, prevHash, hash],
    ])
  },
}
