import { buildGraph, conflictError, judgeGraph, toDiagnostic, type Diagnostic } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliCommand, CommandOutcome } from '../program/command.ts'
import type { CliContext } from '../program/cli-context.ts'
import { hasEntities } from '../program/entity-files.ts'
import { validate } from './validate.ts'

export const check: CliCommand = {
  name: 'check',
  summary: 'Check files, graph and history, for CI.',
  description:
    'Validates the files, compares the replayed history with the entities, and, where a database is named with `--env` or `--url`, the files with its history; runs the checks of the plugins. Errors exit 3.',
  options: [{ flags: '--files-only', description: 'contact no database, not even a scratch database' }],
  examples: ['yama check', 'yama check --env prod --json'],
  run: async (context, input) => {
    const files = await validate.run(context, { arguments: [], options: {} })
    const diagnostics: Diagnostic[] = [...(files.diagnostics ?? [])]
    const valid = (files.exitCode ?? 0) === 0
    if (valid) diagnostics.push(...(await conflictsOf(context)))
    if (valid && input.options['filesOnly'] !== true && (await hasEntities(context))) diagnostics.push(...(await uncommitted(context)))
    const named = context.globals.env !== undefined || context.globals.url !== undefined
    if (valid && named) diagnostics.push(...(await (await context.yama()).check()))
    return describe(diagnostics, valid)
  },
}

/** Branches whose order matters and about which nobody has decided. */
async function conflictsOf(context: CliContext): Promise<readonly Diagnostic[]> {
  const { dialect, migrations } = await context.authoring()
  const graph = buildGraph(await migrations.load(context.signal))
  return (await judgeGraph(graph, dialect)).map((conflict) => toDiagnostic(conflictError(conflict, graph), 'error'))
}

async function uncommitted(context: CliContext): Promise<readonly Diagnostic[]> {
  const { generate } = await import('@yama/authoring')
  const report = await generate(await context.authoring(), { prove: false, preview: true })
  if (report.status === 'empty') return report.diagnostics
  return [
    ...report.diagnostics,
    toDiagnostic(cliErrors.YAMA_CHECK_UNGENERATED({ changes: report.up.map(({ title }) => title).join('; ') }), 'error'),
  ]
}

function describe(diagnostics: readonly Diagnostic[], valid: boolean): CommandOutcome {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length
  return {
    data: { errors, warnings },
    text: errors === 0 ? `Checked: no errors, ${warnings} warning(s).` : `${errors} error(s), ${warnings} warning(s).`,
    exitCode: errors === 0 ? 0 : valid ? 3 : 65,
    reason: errors === 0 ? 'ok' : 'errors',
    diagnostics,
  }
}
