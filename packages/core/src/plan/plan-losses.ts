import type { DataLoss, PlannedMigration } from '../contract/plan.ts'
import { madeByPlan, type MadeByPlan } from './made-by-plan.ts'

/**
 * What the statements of a plan lose, as far as the dialect knows from each alone. What the plan itself has made before
 * holds no data of anybody, so a long history that creates and later drops a table loses nothing in an empty database.
 * `tables` are those that are there where nothing was ever run: a table that is not among them cannot lose anything either.
 * A rollback that stands in comments counts too: nobody has run it.
 *
 * @example const confirmNeeded = planLosses(planned).length > 0
 */
export function planLosses(migrations: readonly PlannedMigration[], tables?: readonly string[]): readonly DataLoss[] {
  // Most plans lose nothing, and a plan may have very many statements.
  if (!migrations.some(mayLose)) return migrations.flatMap(commentedRollback)
  const made = madeByPlan(tables)
  return migrations.flatMap((planned) => [...statementLosses(planned, made), ...commentedRollback(planned)])
}

const NONE: readonly DataLoss[] = Object.freeze([])

function commentedRollback({ node: { migration }, direction }: PlannedMigration): readonly DataLoss[] {
  const text = direction === 'down' && migration.down === undefined ? migration.metadata.commentedRollback : undefined
  return text === undefined
    ? NONE
    : [{ migration: migration.id, statement: text, loss: 'possible', what: 'whatever the rollback that stands in comments removes' }]
}

const mayLose = ({ groups }: PlannedMigration): boolean =>
  groups.some((group) => group.steps.some(({ effect }) => effect !== undefined && effect.loss !== 'none'))

function statementLosses({ node, groups }: PlannedMigration, made: MadeByPlan): readonly DataLoss[] {
  const losses: DataLoss[] = []
  for (const { step, effect } of groups.flatMap((group) => group.steps)) {
    if (step.kind !== 'sql' || effect === undefined) continue
    const own = made.has(effect.object)
    made.see(step.text, effect)
    if (effect.loss === 'none' || own) continue
    const what = effect.loses ?? `${effect.verb} ${effect.object ?? ''}`.trim()
    losses.push({ migration: node.migration.id, statement: step.text, loss: effect.loss, what })
  }
  return losses
}
