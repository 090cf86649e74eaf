import type { DataLoss, PlannedMigration } from '../contract/plan.ts'

/**
 * What the statements of a plan lose, as far as the dialect knows from each alone. A rollback that stands in comments
 * counts too: nobody has run it.
 *
 * @example const confirmNeeded = planLosses(planned).length > 0
 */
export function planLosses(migrations: readonly PlannedMigration[]): readonly DataLoss[] {
  const losses: DataLoss[] = []
  for (const planned of migrations) losses.push(...statementLosses(planned), ...commentedRollback(planned))
  return losses
}

function commentedRollback({ node: { migration }, direction }: PlannedMigration): readonly DataLoss[] {
  const text = direction === 'down' && migration.down === undefined ? migration.metadata.commentedRollback : undefined
  return text === undefined
    ? []
    : [{ migration: migration.id, statement: text, loss: 'possible', what: 'whatever the rollback that stands in comments removes' }]
}

function statementLosses({ node, groups }: PlannedMigration): readonly DataLoss[] {
  // Most migrations lose nothing, and a plan may have very many.
  if (!groups.some((group) => group.steps.some(({ effect }) => effect !== undefined && effect.loss !== 'none'))) return []
  return groups
    .flatMap((group) => group.steps)
    .flatMap(({ step, effect }): readonly DataLoss[] => {
      if (step.kind !== 'sql' || effect === undefined || effect.loss === 'none') return []
      const what = effect.loses ?? `${effect.verb} ${effect.object ?? ''}`.trim()
      return [{ migration: node.migration.id, statement: step.text, loss: effect.loss, what }]
    })
}
