import { buildGraph, conflictError, judgeGraph, toDiagnostic, type Diagnostic } from '@yama/core'
import { findingFormats, findingsReport, findingWriters } from '../output/findings-report.ts'
import { reportOptions, reportOutputs, writeReports } from '../output/report-files.ts'
import type { BranchCheck, BranchFindings } from '../program/check-branches.ts'
import type { CliCommand, CommandInput, CommandOutcome } from '../program/command.ts'
import { text, texts } from '../program/option-values.ts'
import type { CliContext } from '../program/cli-context.ts'
import { hasEntities } from '../program/entity-files.ts'
import { ungenerated } from '../program/ungenerated.ts'
import { validate } from './validate.ts'

const FORMATS = ['text', ...findingFormats] as const

export const check: CliCommand = {
  name: 'check',
  summary: 'Check files, graph and history, for CI.',
  description:
    'Validates the files, finds branches whose order matters and objects that are defined twice, compares the replayed history with the entities, and, where a database is named with `--env` or `--url`, the files with its history; runs the checks of the plugins. With `--base` it does so for what a merge gives, and asks of what is new what the policy of the project asks. Errors exit 3.',
  options: [
    { flags: '--files-only', description: 'contact no database, not even a scratch database' },
    { flags: '--base <ref>', description: 'check what a merge with this git reference gives: `origin/main`' },
    { flags: '--with-branches <pattern>', description: 'and with each of these open branches: `origin/feature-*`', repeatable: true },
    { flags: '--state <file>', description: 'and what an environment would run, from `yama state export`', repeatable: true },
    ...reportOptions(FORMATS, 'text'),
  ],
  examples: [
    'yama check',
    'yama check --env prod --json',
    "yama check --base origin/main --with-branches 'origin/feature-*' --state prod.json",
    'yama check --base origin/main --output sarif=check.sarif --output junit=check.xml',
  ],
  run: async (context, input) => {
    const outputs = reportOutputs(input.options, FORMATS)
    const files = await validate.run(context, { arguments: [], options: {} })
    const diagnostics: Diagnostic[] = [...(files.diagnostics ?? [])]
    const valid = (files.exitCode ?? 0) === 0
    if (valid) diagnostics.push(...(await findingsOf(context, text(input.options['base']) === undefined)))
    if (valid && input.options['filesOnly'] !== true && (await hasEntities(context))) diagnostics.push(...(await ungenerated(context)))
    const named = context.globals.env !== undefined || context.globals.url !== undefined
    if (valid && named) diagnostics.push(...(await (await context.yama()).check()))
    const wanted = branchCheck(input.options)
    const branches =
      valid && wanted !== undefined ? await (await import('../program/check-branches.ts')).checkBranches(context, wanted) : undefined
    diagnostics.push(...(branches?.diagnostics ?? []), ...(branches?.environments ?? []).flatMap((verdict) => verdict.diagnostics))
    const outcome = describe(withoutRepeats(diagnostics), valid, branches)
    if (outputs.printed === 'text' && outputs.files.length === 0) return outcome
    const subjects = valid ? await (await context.authoring()).migrations.load(context.signal) : []
    const report = await findingsReport(context, 'check', outcome.diagnostics ?? [], subjects)
    const writers = await findingWriters()
    const render = (format: (typeof FORMATS)[number]): string => (format === 'text' ? `${outcome.text ?? ''}\n` : writers[format](report))
    const written = await writeReports(outputs, context.globals.cwd, render)
    return { ...outcome, text: outputs.printed === undefined ? written.map((file) => `wrote ${file}`).join('\n') : render(outputs.printed) }
  },
}

/** Branches whose order matters and about which nobody has decided; what is defined twice; without a base, what the policy asks of all. */
async function findingsOf(context: CliContext, everything: boolean): Promise<readonly Diagnostic[]> {
  const { checkPolicy, definedTwice } = await import('@yama/review')
  const { dialect, migrations } = await context.authoring()
  const { policy = {} } = (await context.project()).config
  const graph = buildGraph(await migrations.load(context.signal))
  const judge = await dialect.commutativity?.()
  return [
    ...(await judgeGraph(graph, dialect)).map((conflict) => toDiagnostic(conflictError(conflict, graph), 'error')),
    ...(judge === undefined ? [] : await definedTwice(graph, judge)),
    ...(everything ? await checkPolicy(graph, policy, judge, () => true) : []),
  ]
}

function branchCheck(options: CommandInput['options']): BranchCheck | undefined {
  const base = text(options['base'])
  const [branches, states] = [texts(options['withBranches']), texts(options['state'])]
  if (base === undefined && branches.length === 0 && states.length === 0) return undefined
  return { ...(base === undefined ? {} : { base }), branches, states, filesOnly: options['filesOnly'] === true }
}

/** The files here and the merge result may have the same defect; it is told once. */
const withoutRepeats = (list: readonly Diagnostic[]): readonly Diagnostic[] => {
  const worst = new Map<string, Diagnostic>()
  for (const told of list) {
    const key = `${told.code} ${told.message}`
    if (told.severity === 'error' || !worst.has(key)) worst.set(key, told)
  }
  return [...worst.values()]
}

const environmentLines = (found: BranchFindings | undefined): readonly string[] =>
  (found?.environments ?? []).map(({ environment, safe, wouldApply, because }) => {
    const what = wouldApply.length === 0 ? 'nothing' : wouldApply.join(', ')
    const why = because.length === 0 ? '' : ` (${because.join('; ')})`
    return safe ? `${environment} would apply ${what}${why}` : `${environment} would refuse${why}`
  })

function describe(diagnostics: readonly Diagnostic[], valid: boolean, found?: BranchFindings): CommandOutcome {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length
  return {
    data: { errors, warnings, ...(found === undefined ? {} : { branches: found.branches, environments: found.environments }) },
    text: [
      ...environmentLines(found),
      errors === 0 ? `Checked: no errors, ${warnings} warning(s).` : `${errors} error(s), ${warnings} warning(s).`,
    ].join('\n'),
    exitCode: errors === 0 ? 0 : valid ? 3 : 65,
    reason: errors === 0 ? 'ok' : 'errors',
    diagnostics,
  }
}
