import type { DataLoss, PlannedMigration, PlannedStep } from '../contract/plan.ts'

/**
 * What the statements of a plan lose, as far as the dialect knows from each alone. A table that is dropped and comes back
 * under its name by a later rename is a rebuild, and loses nothing by the drop. A rollback that stands in comments counts
 * too: nobody has run it.
 *
 * @example const confirmNeeded = planLosses(planned).length > 0
 */
export function planLosses(migrations: readonly PlannedMigration[]): readonly DataLoss[] {
  return migrations.flatMap((planned) => [...statementLosses(planned), ...commentedRollback(planned)])
}

function commentedRollback({ node: { migration }, direction }: PlannedMigration): readonly DataLoss[] {
  const text = direction === 'down' && migration.down === undefined ? migration.metadata.commentedRollback : undefined
  return text === undefined
    ? []
    : [{ migration: migration.id, statement: text, loss: 'possible', what: 'whatever the rollback that stands in comments removes' }]
}

function statementLosses({ node, groups }: PlannedMigration): readonly DataLoss[] {
  const steps = groups.flatMap((group) => group.steps)
  return steps.flatMap((planned, index): readonly DataLoss[] => {
    const { step, effect } = planned
    if (step.kind !== 'sql' || effect === undefined || effect.loss === 'none') return []
    if (effect.verb === 'DROP TABLE' && isRebuilt(effect.object, steps.slice(index + 1))) return []
    const what = effect.loses ?? `${effect.verb} ${effect.object ?? ''}`.trim()
    return [{ migration: node.migration.id, statement: step.text, loss: effect.loss, what }]
  })
}

const RENAME = /^\s*ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?\S+\s+RENAME\s+TO\s+(\S+?)\s*;?\s*$/i

const bare = (name: string): string => (name.split('.').at(-1) ?? name).replaceAll(/["`[\]]/g, '').toLowerCase()

function isRebuilt(object: string | undefined, later: readonly PlannedStep[]): boolean {
  if (object === undefined) return false
  return later.some(({ step }) => {
    const name = step.kind === 'sql' ? RENAME.exec(step.text)?.[1] : undefined
    return name !== undefined && bare(name) === bare(object)
  })
}
