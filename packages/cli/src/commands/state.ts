import { resolve } from 'node:path'
import type { HistoryState } from '@yama/core'
import { writeWhole } from '@yama/core/files'
import type { DriftedObject } from '@yama/drift'
import { readDrift } from '../drift/read-drift.ts'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const state: CliCommand = {
  name: 'state',
  summary: 'Export which migrations a database has applied.',
  description:
    '`yama state export` writes the applied migrations of an environment, their hashes and no text, for `yama check --state` and for commands that change files which nobody has applied. CI needs no access to the database then.',
  arguments: [{ name: '<action>', description: 'export' }],
  options: [
    { flags: '--out <file>', description: 'where to write it; stdout without it' },
    { flags: '--drift', description: 'with what was changed by hand, by name: the catalogue is read and compared with the stored schema' },
  ],
  examples: ['yama state export', 'yama state export --env prod --drift --out prod.json'],
  run: async (context, input) => {
    if (text(input.arguments[0]) !== 'export')
      throw cliErrors.YAMA_CLI_USAGE({
        problem: `yama state knows export, not ${text(input.arguments[0]) ?? 'nothing'}.`,
        next: 'yama state export',
      })
    const { exportState } = await import('@yama/review')
    const { history, drift } = await exported(context, input.options['drift'] === true)
    const environment = await context.environment()
    const { config } = await context.project()
    const found = exportState(history, { environment: environment.name, project: config.project ?? 'default' }, drift)
    const out = text(input.options['out'])
    const content = `${JSON.stringify(found, null, 2)}\n`
    if (out === undefined) return { data: found, text: content.trimEnd() }
    await writeWhole(resolve(context.globals.cwd, out), content)
    return {
      data: { file: out, migrations: found.migrations.length },
      text: `wrote ${out}: ${found.migrations.length} migration(s) of ${environment.name}`,
    }
  },
}

async function exported(
  context: CliContext,
  withDrift: boolean,
): Promise<{ readonly history: HistoryState; readonly drift?: readonly DriftedObject[] }> {
  if (!withDrift) return { history: (await (await context.yama([], { withoutFiles: true })).status()).history }
  const { status, report } = await readDrift(context, { entities: false })
  return { history: status.history, drift: report.objects.filter(({ ignored }) => ignored === undefined) }
}
