import { detectDrift } from '@yama/drift'
import { decodeFacts, encodeFacts, stateHash } from '@yama/schema'
import { cliErrors } from '../errors/errors.ts'
import { header } from '../output/header.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { driftSchema, liveSchema } from './drift-schema.ts'
import { today } from './read-drift.ts'

/** Takes the live schema for right: from now on drift is what differs from it. No migration is written. */
export async function baselineDrift(context: CliContext, reason: string | undefined): Promise<CommandOutcome> {
  if (reason === undefined || reason.trim() === '')
    throw cliErrors.YAMA_CLI_USAGE({
      problem: 'Taking the schema as it is needs a reason.',
      next: 'Add --reason "…"; it is kept in the history.',
    })
  const before = await context.yama()
  const stored = await before.snapshot()
  await before[Symbol.asyncDispose]()
  const live = await liveSchema(context)
  const history = stored === undefined || stored.tag !== live.tag ? undefined : decodeFacts(stored.facts)
  const objects = history === undefined ? [] : detectDrift({ history, live }, [], today()).objects.map(({ object }) => object)
  const { schema, scope } = await driftSchema(context)
  const yama = await context.yama()
  await yama.settleDrift(
    async (connection) => {
      const facts = await schema.extract(connection, scope)
      return { tag: facts.tag, stateHash: stateHash(facts), facts: encodeFacts(facts) }
    },
    { reason, payload: { how: 'baseline', objects } },
  )
  return {
    data: { objects, stateHash: stateHash(live) },
    text: [
      await header(context),
      ...objects.map((object) => `  taken as it is: ${object}`),
      `The schema as it is now counts (${stateHash(live)}).`,
    ].join('\n'),
  }
}
