import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cliErrors } from '../errors/errors.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const state: CliCommand = {
  name: 'state',
  summary: 'Export which migrations a database has applied.',
  description:
    '`yama state export` writes the applied migrations of an environment, their hashes and no text, for `yama check --state` and for commands that change files which nobody has applied. CI needs no access to the database then.',
  arguments: [{ name: '<action>', description: 'export' }],
  options: [{ flags: '--out <file>', description: 'where to write it; stdout without it' }],
  examples: ['yama state export', 'yama state export --env prod --out prod.json'],
  run: async (context, input) => {
    if (text(input.arguments[0]) !== 'export')
      throw cliErrors.YAMA_CLI_USAGE({
        problem: `yama state knows export, not ${text(input.arguments[0]) ?? 'nothing'}.`,
        next: 'yama state export',
      })
    const { exportState } = await import('@yama/review')
    const yama = await context.yama([], { withoutFiles: true })
    const { history } = await yama.status()
    const environment = await context.environment()
    const { config } = await context.project()
    const exported = exportState(history, { environment: environment.name, project: config.project ?? 'default' })
    const out = text(input.options['out'])
    const content = `${JSON.stringify(exported, null, 2)}\n`
    if (out === undefined) return { data: exported, text: content.trimEnd() }
    await writeFile(resolve(context.globals.cwd, out), content)
    return {
      data: { file: out, migrations: exported.migrations.length },
      text: `wrote ${out}: ${exported.migrations.length} migration(s) of ${environment.name}`,
    }
  },
}
