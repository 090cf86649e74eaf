import { setTimeout as sleep } from 'node:timers/promises'
import type { Status, Yama } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import { columns } from '../output/columns.ts'
import { header } from '../output/header.ts'
import type { CliCommand, CommandOutcome } from '../program/command.ts'
import type { CliContext } from '../program/cli-context.ts'
import { WAIT_DB, waitForDatabase } from '../program/wait-for-database.ts'
import { duration, texts } from '../program/option-values.ts'
import { statusData } from '../output/status-data.ts'

export const status: CliCommand = {
  name: 'status',
  summary: 'Show what is applied, pending, edited and missing.',
  description:
    'Compares the files with the history of the database in both directions. Exits 0 unless `--exit-code` or `--require` asks for more; then 2 for "not there".',
  options: [
    { flags: '--all', description: 'one line for each environment' },
    { flags: '--require <migration>', description: 'exit 2 while it is not applied', repeatable: true },
    { flags: '--wait [duration]', description: 'wait for `--require`, default 5m' },
    WAIT_DB,
    { flags: '--exit-code', description: 'exit 2 where something is pending, edited or missing' },
  ],
  examples: ['yama status', 'yama status --all', 'yama status --wait 2m --require m_3F7K9Q2XWB'],
  run: async (context, input) => {
    if (input.options['all'] === true) return (await import('../output/status-all.ts')).statusAll(context)
    await waitForDatabase(context, input.options)
    const yama = await context.yama([], { mustExist: true })
    const required = texts(input.options['require'])
    const wait =
      input.options['wait'] === undefined ? 0 : input.options['wait'] === true ? 300_000 : (duration(input.options['wait'], '--wait') ?? 0)
    const found = await waitFor(yama, required, wait, context)
    return describe(context, found, input.options['exitCode'] === true)
  },
}

async function waitFor(yama: Yama, required: readonly string[], waitMs: number, context: CliContext): Promise<Status> {
  const end = performance.now() + waitMs
  for (;;) {
    const found = await yama.status()
    const missing = required.filter((id) => !found.applied.some((row) => row.id === id || row.name === id || row.version === id))
    if (missing.length === 0) return found
    if (performance.now() >= end) throw cliErrors.YAMA_STATUS_REQUIRED({ missing: missing.join(', ') })
    await sleep(Math.min(1000, Math.max(50, end - performance.now())), undefined, { signal: context.signal })
  }
}

async function describe(context: CliContext, found: Status, strict: boolean): Promise<CommandOutcome> {
  const { color } = context
  const open = found.history.migrations.filter((row) => row.status === 'partial' || row.status === 'unknown')
  const rows = [
    ...open.map((row) => [
      color.red(row.status),
      row.name,
      `a run of it did not end; \`yama up\` goes on with it, \`yama recover\` shows it`,
    ]),
    ...found.missing.map((row) => [color.red('missing'), row.name, 'applied, and its file is gone; `yama history pull` brings it back']),
    ...found.edited.map((node) => [color.red('edited'), node.migration.name, 'means something else than what was applied']),
    ...found.cosmetic.map((node) => [color.dim('cosmetic'), node.migration.name, 'differs in comments or formatting only']),
    ...found.late.map((node) => [color.yellow('late'), node.migration.name, 'sorts before applied ones']),
    ...found.pending
      .filter((node) => !found.late.includes(node))
      .map((node) => [color.cyan('pending'), node.migration.name, node.migration.phase === 'expand' ? '' : node.migration.phase]),
    ...found.repeatable.map(({ migration }) => [
      color.cyan('repeat'),
      migration.name,
      migration.repeatable === 'always' ? 'runs with every run' : 'new, or changed since it ran',
    ]),
  ]
  const clean =
    open.length === 0 &&
    found.pending.length === 0 &&
    found.edited.length === 0 &&
    found.missing.length === 0 &&
    found.repeatable.length === 0
  const counts = `${found.applied.length} applied, ${found.pending.length} pending${open.length === 0 ? '' : `, ${open.length} unfinished`}${found.edited.length === 0 ? '' : `, ${found.edited.length} edited`}${found.missing.length === 0 ? '' : `, ${found.missing.length} missing`}${found.repeatable.length === 0 ? '' : `, ${found.repeatable.length} to repeat`}`
  const at =
    found.heads.length === 0
      ? 'nothing is applied yet'
      : `at ${found.heads.map((id) => found.applied.find((row) => row.id === id)?.name ?? id).join(', ')}`
  return {
    get data() {
      return statusData(found)
    },
    text: [await header(context), ...(rows.length === 0 ? [] : [columns(rows)]), `${counts}; ${at}`].join('\n'),
    exitCode: strict && !clean ? 2 : 0,
    reason: clean ? 'up to date' : 'differences',
  }
}
