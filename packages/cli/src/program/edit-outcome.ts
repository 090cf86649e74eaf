import type { AppliedSet, EditResult } from '@yama/authoring'
import type { CliContext } from './cli-context.ts'
import type { CommandInput, CommandOutcome, OptionSpec } from './command.ts'
import { texts } from './option-values.ts'
import { stateFile } from './state-file.ts'

/** Options of the commands that change files which nobody has applied. */
export const editOptions: readonly OptionSpec[] = [
  { flags: '--state <file>', description: 'what an environment has applied, from `yama state export`', repeatable: true },
]

/** What is applied anywhere that is known: the exported states, and the database of `--env` or `--url`. */
export async function appliedSets(context: CliContext, options: CommandInput['options']): Promise<readonly AppliedSet[]> {
  const sets: AppliedSet[] = []
  for (const file of texts(options['state'])) {
    const { migrations, environment } = await stateFile(context, file)
    sets.push({ where: environment, ids: idsOf(migrations) })
  }
  if (context.globals.env !== undefined || context.globals.url !== undefined) {
    const { history } = await (await context.yama([], { withoutFiles: true })).status()
    sets.push({ where: (await context.environment()).name, ids: idsOf(history.migrations) })
  }
  if (sets.length === 0) context.note('no environment was asked: give `--env` or `--state` so that nothing applied is edited')
  return sets
}

const idsOf = (rows: readonly { readonly id: string; readonly status: string }[]): ReadonlySet<string> =>
  new Set(rows.filter(({ status }) => status !== 'reverted').map(({ id }) => id))

/** What was edited, and whether the schema is still the same. */
export function editOutcome(result: EditResult): CommandOutcome {
  const { written, removed, differences, compared } = result
  const verdict = !compared
    ? 'The migrations did not run before; now they do.'
    : differences.length === 0
      ? 'The schema after all migrations is the same.'
      : ['The schema after all migrations differs:', ...differences.map((line) => `  ${line}`)].join('\n')
  return {
    data: result,
    text: [...written.map((file) => `wrote ${file}`), ...removed.map((file) => `removed ${file}`), verdict].join('\n'),
  }
}
