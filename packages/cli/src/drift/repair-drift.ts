import { detectDrift, driftErrors, planRepair, runRepair, type DriftedObject } from '@yama/drift'
import { header } from '../output/header.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { chosenDrift, managedDrift } from './choose-drift.ts'
import { driftLine } from './describe-drift.ts'
import { driftSchema, type DriftSchema } from './drift-schema.ts'
import { readDrift, today, type FoundDrift } from './read-drift.ts'

/** Shows what takes the drifted objects back to what the history made; with its digest, runs it under the lock. Exits 4 without. */
export async function repairDrift(
  context: CliContext,
  names: readonly string[],
  given: { readonly confirm?: string; readonly reason?: string },
): Promise<CommandOutcome> {
  const found = await readDrift(context, { entities: 'on-request' })
  const { objects, left } = managedDrift(chosenDrift(found, names), names.length > 0)
  const kept = left.map(({ object }) => `left as it is, it is outside of the model: ${object}`)
  if (objects.length === 0)
    return { data: { objects: [], statements: [] }, text: [await header(context), ...kept, 'Nothing to repair.'].join('\n') }
  const parts = await driftSchema(context)
  const plan = planRepair(found, objects, parts.schema, found.databaseId)
  const statements = plan.actions.map(({ sql }) => sql)
  const data = { digest: plan.digest, objects: objects.map(({ object }) => object), statements, losses: plan.losses }
  const { confirm } = given
  if (confirm === undefined) {
    return {
      data: { ...data, done: false },
      text: [
        await header(context),
        ...objects.map((object) => driftLine(object)),
        ...statements.map((sql) => `  ${sql};`),
        ...plan.losses.map(({ loss, what }) => context.color.red(`${loss === 'certain' ? 'loses' : 'may lose'} ${what}`)),
        ...kept,
        `Nothing was run. To run this: yama drift repair${names.map((name) => ` "${name}"`).join('')} --confirm ${plan.digest}`,
      ].join('\n'),
      exitCode: 4,
      reason: 'confirmation needed',
    }
  }
  if (confirm !== plan.digest) throw driftErrors.YAMA_DRIFT_STALE({ given: confirm, digest: plan.digest })
  const reason = given.reason ?? 'back to what the history made'
  await run(context, parts, { found, objects, confirm, reason, statements })
  return {
    data: { ...data, done: true },
    text: [await header(context), ...objects.map(({ object }) => `  repaired ${object}`), ...kept].join('\n'),
  }
}

interface Confirmed {
  readonly found: FoundDrift
  readonly objects: readonly DriftedObject[]
  readonly confirm: string
  readonly reason: string
  readonly statements: readonly string[]
}

async function run(context: CliContext, { dialect, schema, scope }: DriftSchema, confirmed: Confirmed): Promise<void> {
  const { found, objects, confirm, reason, statements } = confirmed
  const payload = { how: 'repair', objects: objects.map(({ object }) => object), statements }
  const yama = await context.yama()
  await yama.settleDrift(
    async (connection) => {
      // Somebody may have gone on by hand while the lock was waited for.
      const live = await schema.extract(connection, scope)
      const plan = planRepair({ history: found.history, live }, objects, schema, found.databaseId)
      if (plan.digest !== confirm) throw driftErrors.YAMA_DRIFT_STALE({ given: confirm, digest: plan.digest })
      await runRepair(plan.actions, connection, dialect)
      const now = { history: found.history, live: await schema.extract(connection, scope) }
      const after = detectDrift(found.entities === undefined ? now : { ...now, entities: found.entities }, [], today())
      const wanted = new Set(objects.map(({ id }) => id))
      const different = after.objects.filter(({ id }) => wanted.has(id))
      if (different.length > 0) throw driftErrors.YAMA_DRIFT_UNREPAIRED({ objects: different.map(({ object }) => object).join(', ') })
      return undefined
    },
    { reason, payload },
  )
}
