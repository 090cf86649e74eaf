import { isDay } from '@yama/drift'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { chosenDrift } from './choose-drift.ts'
import { storeIgnores } from './ignores-file.ts'
import { readDrift, today } from './read-drift.ts'

/** Writes down that drifted objects may stay as they are, why, and until when. */
export async function ignoreDrift(
  context: CliContext,
  names: readonly string[],
  given: { readonly reason?: string; readonly until?: string },
): Promise<CommandOutcome> {
  const { reason, until } = given
  if (names.length === 0)
    throw cliErrors.YAMA_CLI_USAGE({ problem: 'ignore needs an object.', next: 'Name it as `yama drift` does: "column users.email".' })
  if (reason === undefined || reason.trim() === '')
    throw cliErrors.YAMA_CLI_USAGE({ problem: 'What is ignored needs a reason.', next: 'Add --reason "…"; it stands in the file.' })
  if (until === undefined || !isDay(until) || until < today())
    throw cliErrors.YAMA_CLI_USAGE({
      problem: 'What is ignored needs a last day, from today on.',
      next: 'Add --until with a day such as 2027-01-31.',
    })
  const found = await readDrift(context, { entities: false })
  const added = chosenDrift(found, names).map(({ object }) => ({ object, reason, until }))
  const others = found.ignores.filter(({ object }) => !added.some((ignore) => ignore.object === object))
  const file = await storeIgnores(context, [...others, ...added])
  return {
    data: { file, ignored: added },
    text: [...added.map(({ object }) => `ignored until ${until}: ${object}`), `wrote ${file}; commit it`].join('\n'),
  }
}
